//! Renders every kind of paper with the fonts of the machine and reads the
//! laid-out pages back.
#![expect(
    clippy::disallowed_methods,
    reason = "a test has no configuration, and is told by its environment where the fonts are"
)]

mod archive_list;
mod batch_receipt;
mod delivery;
mod hearing;
mod hostile;
mod joint;
mod papers;
mod payment;
mod relay_list;
mod stable;

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::NaiveDate;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::{
    Addressee, AddresseeKind, Case, Due, Enquiry, Paper, Remedy, Template, Term, TermUnit,
    Typesetter,
};

/// Reading the fonts takes longer than a paper, so all tests share them.
static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(fonts()).expect("Chinese fonts"));

/// The fonts that `TONGBAN_FONTS` names (a folder), else Debian's.
fn fonts() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("TONGBAN_FONTS").map_or_else(
        || PathBuf::from("/usr/share/fonts/opentype/noto"),
        PathBuf::from,
    );
    let entries = std::fs::read_dir(&folder)
        .expect("install fonts-noto-cjk, or name a folder of Chinese fonts in TONGBAN_FONTS");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn working_days(days: u32, on: NaiveDate) -> Due {
    Due {
        on,
        term: Term {
            days,
            unit: TermUnit::WorkingDays,
        },
        provisional: false,
    }
}

fn remedy() -> Remedy {
    Remedy {
        reconsideration_organ: "长沙市芙蓉区人民政府".into(),
        court: "长沙铁路运输法院".into(),
    }
}

fn paper(content: Template) -> Paper {
    Paper {
        number: "芙人社告〔2026〕第15号".into(),
        organ: "长沙市芙蓉区人力资源和社会保障局".into(),
        issued_on: day(2026, 2, 11),
        sample: true,
        addressee: Addressee {
            proxy: None,
            name: "张三".into(),
            kind: AddresseeKind::Person,
        },
        case: Case {
            number: "430102202602100000017".into(),
            item: "失业登记".into(),
            applied_on: day(2026, 2, 10),
        },
        enquiry: Enquiry {
            online: Some("通办网上大厅".into()),
            phone: Some("0731-12333".into()),
            office: None,
        },
        content,
    }
}

/// The text of every page, as a reader sees it, without blanks and breaks.
fn pages(paper: &Paper) -> Vec<String> {
    text_of(&TYPESETTER.layout(paper).unwrap())
}

fn text_of(document: &PagedDocument) -> Vec<String> {
    let pages = document.pages().iter().map(|page| {
        let mut text = String::new();
        collect(&page.frame, &mut text);
        text.retain(|unit| !unit.is_whitespace() && unit != '\u{200b}');
        text
    });
    pages.collect()
}

fn text(paper: &Paper) -> String {
    pages(paper).concat()
}

fn collect(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}

/// Keeps a rendered paper for the eye where `TONGBAN_PAPERS` names a folder.
fn keep(name: &str, paper: &Paper) {
    let pdf = TYPESETTER.render(paper).unwrap();
    assert!(pdf.starts_with(b"%PDF-1."));
    if let Some(folder) = std::env::var_os("TONGBAN_PAPERS") {
        std::fs::write(PathBuf::from(folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

fn says(paper: &Paper, phrases: &[&str]) {
    let text = text(paper);
    for phrase in phrases {
        assert!(text.contains(phrase), "{phrase} is not in: {text}");
    }
}

fn says_nothing_of(paper: &Paper, phrases: &[&str]) {
    let text = text(paper);
    for phrase in phrases {
        assert!(!text.contains(phrase), "{phrase} is in: {text}");
    }
}
