//! Prefill, attachments and the masked view.

use serde_json::json;
use tb_forms::{attachments, masked, prefill};

use crate::example;

#[test]
fn a_draft_begins_with_what_the_account_knows() {
    let source = |name: &str| match name {
        "account.name" => Some("李娜".to_owned()),
        "account.phone" => Some("13800001234".to_owned()),
        _ => None,
    };
    let wanted = json!({ "name": "李娜", "phone": "13800001234" });
    assert_eq!(prefill(&example(), source), wanted);
}

#[test]
fn attachments_are_found_in_rows_too() {
    let answers = json!({ "proof": ["one"], "family": [{}, { "proof": ["two", "three"] }] });
    let found = attachments(&example(), &answers);
    let places: Vec<(&str, usize)> = found
        .iter()
        .map(|used| (used.path.as_str(), used.ids.len()))
        .collect();
    assert_eq!(places, [("/family/1/proof", 2), ("/proof", 1)]);
    assert_eq!(found[1].types, ["pdf", "jpg", "png", "ofd"]);
}

#[test]
fn personal_answers_are_masked() {
    let answers = json!({
        "name": "王小芳", "citizen_id": "11010519491231002X", "phone": "13800001234",
        "email": "wang@example.cn", "address": "样本路 1 号", "last_salary": "5300.00",
        "residence": { "code": "430102001001", "names": ["湖南省", "长沙市", "芙蓉区", "甲街道", "乙社区"] },
        "worked_before": "yes", "stranger": "x",
        "family": [{ "name": "韩雷", "relation": "spouse", "proof": ["id"] }],
    });
    let wanted = json!({
        "name": "王*芳", "citizen_id": "1101**********002X", "phone": "138****1234",
        "email": "***", "address": "样*****号", "last_salary": "***",
        "residence": { "code": "", "names": ["湖南省", "长沙市", "芙蓉区"] },
        "worked_before": "yes",
        "family": [{ "name": "韩*", "relation": "***", "proof": ["id"] }],
    });
    assert_eq!(masked(&example(), &answers), wanted);
    let half = masked(
        &example(),
        &json!({ "citizen_id": "110105194912", "phone": "138" }),
    );
    assert_eq!(half, json!({ "citizen_id": "***", "phone": "***" }));
}
