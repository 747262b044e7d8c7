//! The hand-over list of the archive: long ones, signed and not.

use super::{TYPESETTER, day, text_of};
use crate::{ArchiveList, ArchiveRow, SignedBy};

fn list(rows: usize) -> ArchiveList {
    let row = |n: usize| ArchiveRow {
        archive_number: format!("Z109-ZW·2026-D30-{n:04}"),
        case_number: format!("430102202611230{n:06}"),
        item: "道路货物运输经营许可（普通货运，三类以上车辆）".to_owned(),
        retention: "定期30年".to_owned(),
        files: 12,
        sum: "0123456789abcdef".repeat(4),
        remark: String::new(),
    };
    ArchiveList {
        number: "芙人社档移〔2026〕第001号".to_owned(),
        organ: "芙蓉区人力资源和社会保障局".to_owned(),
        fonds: "Z109".to_owned(),
        made_on: day(2026, 11, 23),
        handed_over: Some(SignedBy {
            name: "周示例".to_owned(),
            on: day(2026, 11, 24),
        }),
        received: None,
        rows: (1..=rows).map(row).collect(),
        files: 12 * rows as u64,
        size: "3.2 MB".to_owned(),
    }
}

#[test]
fn it_names_every_case_and_leaves_room_for_who_signs() {
    let document = TYPESETTER.layout_archive_list(&list(40)).unwrap();
    let text = text_of(&document).concat();
    for said in [
        "归档移交清单",
        "Z109-ZW·2026-D30-0040",
        "430102202611230000001",
        "周示例",
        "接收人（档案员）（签字）：＿",
        "合计：40件",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(document.pages().len() > 1);
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let one = TYPESETTER.render_archive_list(&list(3)).unwrap();
    assert_eq!(one, TYPESETTER.render_archive_list(&list(3)).unwrap());
    assert!(one.starts_with(b"%PDF"));
}
