//! Only listed parts are taken over.

use serde_json::{Value, json};
use tb_contract::events::MaterialRef;
use tb_forms::document::FormDocument;
use tb_kernel::MaterialId;
use uuid::Uuid;

use super::{Corrected, correct};
use crate::model::event::Listed;

fn form() -> FormDocument {
    serde_json::from_value(json!({
        "key": "f", "title": "申请表", "sections": [{ "key": "s", "title": "一", "fields": [
            { "key": "name", "label": "姓名", "kind": "text" },
            { "key": "job", "label": "职业", "kind": "text" },
            { "key": "photo", "label": "照片", "kind": "attachment" },
            { "key": "family", "label": "家庭成员", "kind": "repeat", "fields": [
                { "key": "name", "label": "姓名", "kind": "text" } ] }
        ] }]
    }))
    .unwrap()
}

fn file(n: u128, requirement: &str) -> MaterialRef {
    MaterialRef {
        id: MaterialId(Uuid::from_u128(n)),
        requirement_id: requirement.to_owned(),
        file_name: format!("{n}.pdf"),
        media_type: "application/pdf".to_owned(),
        size: 1,
        blob: n.to_string(),
        licence: None,
    }
}

fn listed(fields: &[&str], materials: &[&str]) -> Listed {
    let own = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    Listed {
        fields: own(fields),
        materials: own(materials),
    }
}

fn fields(old: &Value, new: &Value, allowed: &[&str]) -> Corrected {
    correct(Some(&form()), (old, &[]), (new, &[]), &listed(allowed, &[]))
}

#[test]
fn unlisted_answers_keep_their_old_value_and_are_named() {
    let old = json!({ "name": "甲", "job": "教师" });
    let new = json!({ "name": "乙", "job": "医生", "photo": ["1"] });
    let corrected = fields(&old, &new, &["/job"]);
    assert_eq!(corrected.form, json!({ "name": "甲", "job": "医生" }));
    assert_eq!(corrected.changed, ["/job"]);
    assert_eq!(corrected.ignored, ["/name", "/photo"]);
}

#[test]
fn rows_that_are_not_listed_come_back_and_go_again() {
    let three = json!({ "family": [{ "name": "a" }, { "name": "b" }, { "name": "c" }] });
    let one = json!({ "family": [{ "name": "x" }] });
    assert_eq!(
        fields(&three, &one, &["/family/0/name"]).form,
        json!({ "family": [{ "name": "x" }, { "name": "b" }, { "name": "c" }] })
    );
    assert_eq!(
        fields(&one, &three, &["/family/0"]).form,
        json!({ "family": [{ "name": "a" }] })
    );
    assert_eq!(fields(&three, &json!({}), &["/name"]).form, three);
    assert_eq!(fields(&one, &three, &["/family"]).form, three);
}

#[test]
fn only_listed_materials_and_files_of_listed_fields_are_replaced() {
    let old = [file(1, "id_card"), file(2, "proof"), file(3, "form.photo")];
    let new = [
        file(4, "id_card"),
        file(5, "proof"),
        file(6, "proof"),
        file(7, "form.photo"),
        file(8, "extra"),
    ];
    let answers = json!({});
    let corrected = correct(
        Some(&form()),
        (&answers, &old),
        (&answers, &new),
        &listed(&["/photo"], &["proof"]),
    );
    let ids: Vec<u128> = corrected
        .materials
        .iter()
        .map(|file| file.id.0.as_u128())
        .collect();
    assert_eq!(ids, [1, 5, 6, 7]);
    assert_eq!(corrected.changed, ["proof", "form.photo"]);
    assert_eq!(corrected.ignored, ["id_card", "extra"]);
}

#[test]
fn without_a_form_there_are_no_answers_to_change() {
    let corrected = correct(
        None,
        (&json!({}), &[]),
        (&json!({ "name": "乙" }), &[]),
        &listed(&["/name"], &[]),
    );
    assert_eq!(corrected.form, json!({}));
}
