//! The receipt of applications that were handed in at once.

use super::{TYPESETTER, day, text_of};
use crate::{BatchReceipt, BatchReceiptRow};

fn receipt(rows: usize) -> BatchReceipt {
    let row = |n: usize| BatchReceiptRow {
        name: format!("测 {n} <甲> #b"),
        case_number: if n == 2 {
            String::new()
        } else {
            format!("430102202611230{n:06}")
        },
        refused: false,
    };
    BatchReceipt {
        number: "PL430102202611230000015".to_owned(),
        office: "芙蓉区人力资源和社会保障局".to_owned(),
        item: "用人单位就业登记".to_owned(),
        applicant: "长沙样例餐饮管理有限公司".to_owned(),
        credit_code: "91430102MATB000187".to_owned(),
        agent: "陈示例".to_owned(),
        received_on: day(2026, 11, 23),
        received_at: "09:30".to_owned(),
        rows: (1..=rows).map(row).collect(),
    }
}

#[test]
fn it_says_how_many_came_and_the_numbers_that_are_there() {
    let document = TYPESETTER.layout_batch_receipt(&receipt(60)).unwrap();
    let text = text_of(&document).concat();
    for said in [
        "批量申请接收凭证",
        "PL430102202611230000015",
        "共60件",
        "2026年11月23日",
        "09:30",
        "430102202611230000060",
        "<甲>#b",
        "正在编号",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(document.pages().len() > 1);
}

#[test]
fn what_could_not_be_handed_in_is_not_said_to_have_come() {
    let mut receipt = receipt(3);
    receipt.rows[1].refused = true;
    let document = TYPESETTER.layout_batch_receipt(&receipt).unwrap();
    let text = text_of(&document).concat();
    for said in ["共2件", "另有1件未能提交", "未能提交"] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(!text.contains("正在编号"), "{text}");
}

#[test]
fn the_same_receipt_gives_the_same_bytes() {
    let one = TYPESETTER.render_batch_receipt(&receipt(3)).unwrap();
    assert_eq!(one, TYPESETTER.render_batch_receipt(&receipt(3)).unwrap());
    assert!(one.starts_with(b"%PDF"));
}
