//! From a paper to its PDF.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::clean::clean;
use crate::world::{
    ARCHIVE_LIST, BATCH_RECEIPT, Desk, LICENCE, RELAY_LIST, Sheet, Workshop, file_of,
};
use crate::{ArchiveList, BatchReceipt, Licence, Paper, RelayList, TypesetError};

/// Written into the file as its creator; without a version, so that an update
/// of the program does not change old papers.
const CREATOR: &str = "Tongban";

/// China's offset from UTC in minutes.
const OFFSET: i32 = 480;

/// The templates' names for how close lines stand, the proper one first.
const SPACINGS: [&str; 3] = ["wide", "close", "dense"];

/// How many papers the typesetter's intermediate results outlive.
const KEPT_PAPERS: usize = 8;

/// Renders papers. Holds the parsed fonts (tens of megabytes): make one, clone
/// it freely. Rendering is plain computation, some ten milliseconds a page
/// in an optimised build; an asynchronous caller moves it off the reactor.
#[derive(Clone)]
pub struct Typesetter {
    workshop: Arc<Workshop>,
}

impl Typesetter {
    /// Reads font files (TTF, OTF, TTC). A Chinese serif face looks best; an
    /// unreadable file is passed over.
    ///
    /// Fails with [`TypesetError::NoChineseFont`] if no file can write Chinese.
    pub fn new(fonts: Vec<Vec<u8>>) -> Result<Self, TypesetError> {
        Ok(Self {
            workshop: Arc::new(Workshop::new(fonts)?),
        })
    }

    /// The paper as PDF. The same paper and fonts give the same bytes.
    pub fn render(&self, paper: &Paper) -> Result<Vec<u8>, TypesetError> {
        let document = self.layout(paper)?;
        let identity = format!("{}\n{}\n{}", paper.organ, paper.number, paper.case.number);
        export(&document, identity, paper.issued_on)
    }

    /// The licence as PDF. The same licence and fonts give the same bytes.
    pub fn render_licence(&self, licence: &Licence) -> Result<Vec<u8>, TypesetError> {
        let document = self.layout_licence(licence)?;
        let identity = format!("{}\n{}", licence.organ, licence.mark);
        export(&document, identity, licence.issued_on)
    }

    /// The hand-over list as PDF. The same list and fonts give the same bytes.
    pub fn render_archive_list(&self, list: &ArchiveList) -> Result<Vec<u8>, TypesetError> {
        let document = self.layout_archive_list(list)?;
        let identity = format!("{}\n{}", list.organ, list.number);
        export(&document, identity, list.made_on)
    }

    /// The hand-over list as laid-out pages.
    pub(crate) fn layout_archive_list(
        &self,
        list: &ArchiveList,
    ) -> Result<PagedDocument, TypesetError> {
        let mut data = serde_json::to_value(list)?;
        clean(&mut data);
        self.compile(ARCHIVE_LIST, data, SPACINGS[0])
    }

    /// The hand-over list between counter and office as PDF. The same list and fonts give the same bytes.
    pub fn render_relay_list(&self, list: &RelayList) -> Result<Vec<u8>, TypesetError> {
        let document = self.layout_relay_list(list)?;
        let identity = format!("{}\n{}", list.from, list.number);
        export(&document, identity, list.sent.on)
    }

    /// The same as laid-out pages.
    pub(crate) fn layout_relay_list(
        &self,
        list: &RelayList,
    ) -> Result<PagedDocument, TypesetError> {
        let mut data = serde_json::to_value(list)?;
        clean(&mut data);
        self.compile(RELAY_LIST, data, SPACINGS[0])
    }

    /// The receipt of a batch of applications as PDF. The same receipt and fonts give the same bytes.
    pub fn render_batch_receipt(&self, receipt: &BatchReceipt) -> Result<Vec<u8>, TypesetError> {
        let document = self.layout_batch_receipt(receipt)?;
        let identity = format!("{}\n{}", receipt.office, receipt.number);
        export(&document, identity, receipt.received_on)
    }

    /// The same as laid-out pages.
    pub(crate) fn layout_batch_receipt(
        &self,
        receipt: &BatchReceipt,
    ) -> Result<PagedDocument, TypesetError> {
        let mut data = serde_json::to_value(receipt)?;
        clean(&mut data);
        self.compile(BATCH_RECEIPT, data, SPACINGS[0])
    }

    /// The licence as laid-out pages.
    pub(crate) fn layout_licence(&self, licence: &Licence) -> Result<PagedDocument, TypesetError> {
        let mut data = serde_json::to_value(licence)?;
        clean(&mut data);
        self.compile(LICENCE, data, SPACINGS[0])
    }

    /// The paper as laid-out pages: on one page if the lines can stand close
    /// enough, else as wide as the standard asks.
    pub(crate) fn layout(&self, paper: &Paper) -> Result<PagedDocument, TypesetError> {
        let wide = self.layout_with(paper, SPACINGS[0])?;
        if wide.pages().len() == 2 {
            for closer in SPACINGS.into_iter().skip(1) {
                let document = self.layout_with(paper, closer)?;
                if document.pages().len() == 1 {
                    return Ok(document);
                }
            }
        }
        Ok(wide)
    }

    fn layout_with(&self, paper: &Paper, spacing: &str) -> Result<PagedDocument, TypesetError> {
        let mut data = serde_json::to_value(paper)?;
        clean(&mut data);
        self.compile(file_of(&paper.content), data, spacing)
    }

    fn compile(
        &self,
        sheet: Sheet,
        mut data: serde_json::Value,
        spacing: &str,
    ) -> Result<PagedDocument, TypesetError> {
        if let Some(fields) = data.as_object_mut() {
            fields.insert("spacing".to_owned(), spacing.into());
        }
        let desk = Desk::new(&self.workshop, sheet, serde_json::to_vec(&data)?)?;
        typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|errors| TypesetError::Layout(messages(&errors)))
    }
}

fn export(
    document: &PagedDocument,
    identity: String,
    issued_on: NaiveDate,
) -> Result<Vec<u8>, TypesetError> {
    let options = PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: midnight(issued_on).and_then(|at| Timestamp::new_local(at, OFFSET)),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(document, &options);
    typst::comemo::evict(KEPT_PAPERS);
    pdf.map_err(|errors| TypesetError::Export(messages(&errors)))
}

/// The paper's own date, so that the file's metadata needs no clock.
fn midnight(date: NaiveDate) -> Option<Datetime> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}
