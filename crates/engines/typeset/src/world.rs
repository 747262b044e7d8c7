//! Everything that the typesetter can see: the given fonts, the built-in
//! templates and the data of one paper. There is nothing else to reach.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{Template, TypesetError};

/// A template: its name and text.
pub(crate) type Sheet = (&'static str, &'static str);

/// 电子证照
pub(crate) const LICENCE: Sheet = ("licence.typ", include_str!("../templates/licence.typ"));

/// 归档移交清单
pub(crate) const ARCHIVE_LIST: Sheet = (
    "archive-list.typ",
    include_str!("../templates/archive-list.typ"),
);

/// 批量申请接收凭证
pub(crate) const BATCH_RECEIPT: Sheet = (
    "batch-receipt.typ",
    include_str!("../templates/batch-receipt.typ"),
);

/// 材料交接单
pub(crate) const RELAY_LIST: Sheet = (
    "relay-list.typ",
    include_str!("../templates/relay-list.typ"),
);

/// What all templates share.
const LAYOUT: (&str, &str) = ("layout.typ", include_str!("../templates/layout.typ"));

/// The name under which the templates read the paper.
const PAPER: &str = "paper.json";

/// What stays the same from paper to paper; large, so it is shared.
pub(crate) struct Workshop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Workshop {
    /// Reads the fonts; they are tried in the given order.
    pub(crate) fn new(files: Vec<Vec<u8>>) -> Result<Self, TypesetError> {
        let fonts: Vec<Font> = files
            .into_iter()
            .flat_map(|file| Font::iter(Bytes::new(file)))
            .collect();
        if !fonts
            .iter()
            .any(|font| font.info().coverage.contains(u32::from('通')))
        {
            return Err(TypesetError::NoChineseFont);
        }
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        })
    }
}

/// The world of one paper.
pub(crate) struct Desk<'a> {
    workshop: &'a Workshop,
    main: Source,
    layout: Source,
    paper: (FileId, Bytes),
}

impl<'a> Desk<'a> {
    /// Lays out the template and the data.
    pub(crate) fn new(
        workshop: &'a Workshop,
        sheet: Sheet,
        data: Vec<u8>,
    ) -> Result<Self, TypesetError> {
        Ok(Self {
            workshop,
            main: source(sheet)?,
            layout: source(LAYOUT)?,
            paper: (file(PAPER)?, Bytes::new(data)),
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.workshop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.workshop.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.layout]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (paper, data) = &self.paper;
        if *paper == id {
            Ok(data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.workshop.fonts.get(index).cloned()
    }

    /// There is no clock: every date is in the paper.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The template of a kind of paper.
pub(crate) fn file_of(template: &Template) -> Sheet {
    match template {
        Template::MaterialReceipt(_) => ("receipt.typ", include_str!("../templates/receipt.typ")),
        Template::CorrectionNotice(_) => (
            "correction.typ",
            include_str!("../templates/correction.typ"),
        ),
        Template::AcceptanceNotice(_) => (
            "acceptance.typ",
            include_str!("../templates/acceptance.typ"),
        ),
        Template::RefusalNotice(_) => ("refusal.typ", include_str!("../templates/refusal.typ")),
        Template::Decision(_) => ("decision.typ", include_str!("../templates/decision.typ")),
        Template::SpecialProcedureNotice(_) => (
            "special-procedure.typ",
            include_str!("../templates/special-procedure.typ"),
        ),
        Template::ExtensionNotice(_) => {
            ("extension.typ", include_str!("../templates/extension.typ"))
        }
        Template::SuspensionNotice(_) => (
            "suspension.typ",
            include_str!("../templates/suspension.typ"),
        ),
        Template::CommitmentLetter(_) => (
            "commitment.typ",
            include_str!("../templates/commitment.typ"),
        ),
        Template::RevocationNotice(_) => (
            "revocation-notice.typ",
            include_str!("../templates/revocation-notice.typ"),
        ),
        Template::RevocationDecision(_) => (
            "revocation.typ",
            include_str!("../templates/revocation.typ"),
        ),
        Template::HearingRight(_) => (
            "hearing-right.typ",
            include_str!("../templates/hearing-right.typ"),
        ),
        Template::HearingNotice(_) => (
            "hearing-notice.typ",
            include_str!("../templates/hearing-notice.typ"),
        ),
        Template::DeliveryReceipt(_) => ("delivery.typ", include_str!("../templates/delivery.typ")),
        Template::JointCorrection(_) => (
            "joint-correction.typ",
            include_str!("../templates/joint-correction.typ"),
        ),
        Template::JointAcceptance(_) => (
            "joint-acceptance.typ",
            include_str!("../templates/joint-acceptance.typ"),
        ),
        Template::PaymentNotice(_) => ("payment.typ", include_str!("../templates/payment.typ")),
        Template::DeferralPromise(_) => ("deferral.typ", include_str!("../templates/deferral.typ")),
        Template::TerminationNotice(_) => (
            "termination.typ",
            include_str!("../templates/termination.typ"),
        ),
    }
}

fn source((name, text): (&str, &str)) -> Result<Source, TypesetError> {
    Ok(Source::new(file(name)?, text.to_owned()))
}

fn file(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name)
        .map_err(|error| TypesetError::Layout(format!("{name}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
