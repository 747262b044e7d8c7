//! What people write is printed, never obeyed.

use super::{TYPESETTER, keep, pages, paper, remedy, text};
use crate::{
    MaterialForm, MaterialReceipt, Paper, ReceivedMaterial, RefusalKind, RefusalNotice, Template,
};

fn with_reason(reason: &str) -> Paper {
    paper(Template::RefusalNotice(RefusalNotice {
        kind: RefusalKind::Refused { right_organ: None },
        basis: None,
        reason: reason.into(),
        remedy: remedy(),
    }))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|unit| !unit.is_whitespace()).collect()
}

#[test]
fn markup_is_plain_text() {
    for reason in [
        "#panic(\"x\") #import \"/etc/passwd\" #read(\"paper.json\")",
        "$ x^2 $",
        "*粗体* _斜体_ `码`",
        "\\ 反斜杠 \\u{41}",
        "@引用 <标签> ~ -- --- ...",
        "= 标题",
        "- 列表",
        "+ 列表",
        "/ 术语: 释义",
        "// 注释 /* 注释 */",
        "\"引号\" '引号' “引号”",
        "https://example.org/#a",
        "#{",
        "#[",
        "]",
        "}",
        "{{}}",
        "%PDF-1.7 endstream",
        "\\n",
        "fi fl ffi",
    ] {
        let printed = text(&with_reason(reason));
        assert!(
            printed.contains(&squeezed(reason)),
            "{reason} is not in: {printed}"
        );
    }
}

#[test]
fn every_field_is_plain_text() {
    let mut evil = with_reason("#1");
    let markup = "#a $b$ *c* \\d @e";
    markup.clone_into(&mut evil.organ);
    markup.clone_into(&mut evil.number);
    markup.clone_into(&mut evil.addressee.name);
    markup.clone_into(&mut evil.case.item);
    markup.clone_into(&mut evil.case.number);
    evil.enquiry.online = Some(markup.into());
    // Head, number, addressee, item, case number, enquiry and signature.
    assert_eq!(text(&evil).matches(&squeezed(markup)).count(), 7);
    assert!(TYPESETTER.render(&evil).is_ok());
}

#[test]
fn rare_characters_and_emoji_are_kept() {
    let rare = with_reason("申请人𠮷田㙍，住䶮镇🏠，备注：😀㐂〇");
    let printed = text(&rare);
    for unit in ["𠮷田㙍", "䶮镇", "㐂〇", "🏠", "😀"] {
        assert!(printed.contains(unit), "{unit} is not in: {printed}");
    }
    keep("rare", &rare);
}

#[test]
fn line_breaks_make_paragraphs() {
    let short = text(&with_reason("一\n二\r\n三"));
    assert!(short.contains("一二三"));
    assert!(
        pages(&with_reason(&"行\n".repeat(60))).len() > pages(&with_reason(&"行".repeat(60))).len()
    );
}

#[test]
fn a_very_long_text_fills_pages_and_loses_nothing() {
    let long = "甲乙丙丁戊己庚辛壬癸".repeat(1_000);
    let pages = pages(&with_reason(&long));
    assert!(pages.len() > 10);
    let count = pages.concat().matches('癸').count();
    assert_eq!(count, 1_000);
}

#[test]
fn a_long_word_stays_on_the_page() {
    let mut evil = with_reason(&"X1Y2".repeat(100));
    assert_eq!(text(&evil).matches("X1Y2").count(), 100);
    evil.case.item = "WWWWWWWWWWWWWWWWWWWWWWWW".into();
    keep("long-word", &evil);
    stays_on_the_page(&evil);
}

#[test]
fn a_long_code_stays_in_its_column() {
    let long = "W".repeat(24);
    let material = ReceivedMaterial {
        name: long.clone(),
        form: MaterialForm::Electronic,
        copies: 9_999,
        note: long,
    };
    let receipt = paper(Template::MaterialReceipt(MaterialReceipt {
        materials: vec![material],
        received_by: None,
        reply_by: None,
    }));
    keep("long-code", &receipt);
    stays_on_the_page(&receipt);
}

fn stays_on_the_page(paper: &Paper) {
    let document = TYPESETTER.layout(paper).unwrap();
    for page in document.pages() {
        let right = rightmost(&page.frame, 0.0);
        let margin = page.frame.width().to_pt() - 26.0 / 25.4 * 72.0;
        assert!(
            right > 400.0 && right < margin,
            "a character at {right} pt of {margin} pt"
        );
    }
}

#[test]
fn long_names_do_not_break_the_head() {
    let mut long = with_reason("理由");
    long.organ =
        "长沙市芙蓉区人力资源和社会保障局马王堆街道便民服务中心综合受理窗口联合办公室".repeat(2);
    long.addressee.name = "某某某".repeat(60);
    long.case.item = "企业投资项目备案（技术改造）".repeat(6);
    let printed = text(&long);
    for (name, times) in [
        (&long.organ, 2),
        (&long.addressee.name, 1),
        (&long.case.item, 1),
    ] {
        assert_eq!(
            printed.matches(name.as_str()).count(),
            times,
            "{name} in {printed}"
        );
    }
    keep("long-names", &long);
}

/// Where the rightmost character begins, in points. Its end says less: a
/// justified line counts stretched space to its last character.
fn rightmost(frame: &typst::layout::Frame, left: f64) -> f64 {
    use typst::layout::FrameItem;
    let begins = frame.items().map(|(at, item)| match item {
        // The turned watermark crosses the page on purpose.
        FrameItem::Group(group) if group.transform.is_identity() => {
            rightmost(&group.frame, left + at.x.to_pt())
        }
        FrameItem::Text(run) => {
            let last = run
                .glyphs
                .last()
                .map_or(0.0, |glyph| glyph.x_advance.at(run.size).to_pt());
            left + at.x.to_pt() + run.width().to_pt() - last
        }
        _ => 0.0,
    });
    begins.fold(0.0, f64::max)
}
