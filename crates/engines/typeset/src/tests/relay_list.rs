//! The hand-over list between a counter and an office: papers and results, signed and not.

use super::{TYPESETTER, day, text_of};
use crate::{RelayList, RelayRow, SignedBy};

fn list(results: bool, rows: usize) -> RelayList {
    let row = |n: usize| RelayRow {
        case_number: format!("430102202611230{n:06}"),
        item: "道路货物运输经营许可（普通货运，三类以上车辆）".to_owned(),
        papers: vec!["车辆行驶证".to_owned(), "<法人>身份证明 #复印件".to_owned()],
        remark: if n == 2 {
            "缺第二页".to_owned()
        } else {
            String::new()
        },
    };
    RelayList {
        results,
        number: "芙政务交〔2026〕第0001号".to_owned(),
        from: "芙蓉区政务服务中心".to_owned(),
        to: "芙蓉区交通运输局".to_owned(),
        sent: SignedBy {
            name: "杨示例".to_owned(),
            on: day(2026, 11, 24),
        },
        received: None,
        rows: (1..=rows).map(row).collect(),
    }
}

#[test]
fn it_names_what_is_handed_over_and_leaves_room_for_who_receives() {
    let document = TYPESETTER.layout_relay_list(&list(false, 40)).unwrap();
    let text = text_of(&document).concat();
    for said in [
        "申请材料交接单",
        "430102202611230000040",
        "<法人>身份证明#复印件",
        "缺第二页",
        "移交人（签字）：杨示例",
        "接收人（签字）：＿",
        "合计：40件",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(document.pages().len() > 1);
    let results = TYPESETTER.layout_relay_list(&list(true, 1)).unwrap();
    assert!(text_of(&results).concat().contains("办理结果交接单"));
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let one = TYPESETTER.render_relay_list(&list(false, 3)).unwrap();
    assert_eq!(one, TYPESETTER.render_relay_list(&list(false, 3)).unwrap());
    assert!(one.starts_with(b"%PDF"));
}
