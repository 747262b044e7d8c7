//! Forms and materials joined, and taken apart again.

use std::sync::Arc;

use serde_json::{Value, json};
use tb_calendar::Term;

use super::{JointItem, MemberItems};
use crate::item::{ItemDocument, Necessity, SituationAnswers};

fn item(code: &str, form: &Value, materials: &Value) -> Arc<ItemDocument> {
    let item = json!({
        "code": code, "name": code, "item_type": "01", "department_code": "d", "department_name": "某局",
        "region": "430102", "audience": ["enterprise"], "case_kind": "promised", "sample": true,
        "situations": [{"id": "agent", "question": "由谁办理？", "options": [
            {"id": "self", "label": "本人"}, {"id": "proxy", "label": "委托", "materials": ["letter"]}]}],
        "materials": materials,
        "form": {"key": "f", "title": "表", "sections": [{"key": "a", "title": "甲", "fields": form}]}
    });
    Arc::new(serde_json::from_value(item).unwrap_or_else(|error| panic!("{error}")))
}

fn material(id: &str, necessity: &str) -> Value {
    json!({"id": id, "name": id, "necessity": necessity, "source": "applicant", "form": "electronic"})
}

fn matter() -> (JointItem, MemberItems) {
    let food = item(
        "food",
        &json!([{"key": "name", "label": "名称", "kind": "text"},
            {"key": "store", "label": "仓库", "kind": "text"},
            {"key": "where", "label": "地址", "kind": "text", "visible_when": {"field": "store", "op": "equals", "value": "yes"}},
            {"key": "late", "label": "隐", "kind": "text", "visible_when": {"field": "name", "op": "equals", "value": "x"}}]),
        &json!([material("plan", "optional"), material("letter", "required")]),
    );
    let fire = item(
        "fire",
        &json!([{"key": "unit", "label": "单位", "kind": "text", "required": true}]),
        &json!([material("map", "required"), material("letter", "required")]),
    );
    let joint = json!({
        "code": "JOINT-1", "name": "开店", "lead_department_code": "d", "region": "430102", "audience": ["enterprise"],
        "situations": [{"id": "big", "question": "大吗？", "options": [{"id": "yes", "label": "大"}, {"id": "no", "label": "小"}]},
            {"id": "who", "question": "谁办？", "options": [{"id": "self", "label": "本人"}, {"id": "proxy", "label": "委托",
                "answers": [{"member": "food", "question": "agent", "option": "proxy"}]}]}],
        "members": [{"key": "food", "item_code": "food", "answers": {"agent": "self"}},
            {"key": "fire", "item_code": "fire", "when": [{"question": "big", "options": ["yes"]}], "answers": {"agent": "self"}}],
        "shared_fields": [{"key": "name", "parts": [{"member": "food", "key": "name"}, {"member": "fire", "key": "unit"}]}],
        "shared_materials": [{"key": "plan", "parts": [{"member": "food", "key": "plan"}, {"member": "fire", "key": "map"}]}]
    });
    let joint = serde_json::from_value(joint).unwrap_or_else(|error| panic!("{error}"));
    (
        joint,
        [("food".to_owned(), food), ("fire".to_owned(), fire)].into(),
    )
}

fn answers(big: &str, who: &str) -> SituationAnswers {
    [("big", big), ("who", who)]
        .map(|(question, option)| (question.to_owned(), option.to_owned()))
        .into()
}

#[test]
fn one_question_for_all_and_back_to_each() {
    let (joint, items) = matter();
    let whole = joint.compose(&items, &answers("yes", "self"));
    let form = whole.form.unwrap_or_else(|| panic!("no form"));
    assert!(form.check().is_empty(), "{:?}", form.check());
    let fields: Vec<(&str, bool)> = form
        .fields()
        .map(|field| (field.key.as_str(), field.required))
        .collect();
    // Wanted by one member, it is wanted of the whole.
    assert_eq!(
        fields,
        [
            ("name", true),
            ("food_store", false),
            ("food_where", false),
            ("food_late", false)
        ]
    );
    let looked_at: Vec<&str> = form
        .fields()
        .filter_map(|field| Some(field.visible_when.as_ref()?.field()))
        .collect();
    assert_eq!(looked_at, ["food_store", "name"]);

    let answer = json!({"name": "样例店", "food_store": "yes", "food_where": "八一路"});
    let own = |key: &str| items.get(key).map(|item| joint.form_of(key, item, &answer));
    assert_eq!(
        own("food"),
        Some(json!({"name": "样例店", "store": "yes", "where": "八一路"}))
    );
    assert_eq!(own("fire"), Some(json!({"unit": "样例店"})));
}

#[test]
fn materials_are_one_and_as_strict_as_the_strictest() {
    let (joint, items) = matter();
    let asked = |big, who| {
        let whole = joint.compose(&items, &answers(big, who));
        let all = whole.materials.into_iter();
        all.map(|one| (one.id, one.necessity)).collect::<Vec<_>>()
    };
    let plan = |necessity| ("plan".to_owned(), necessity);
    assert_eq!(asked("no", "self"), [plan(Necessity::Optional)]);
    assert_eq!(asked("yes", "self"), [plan(Necessity::Required)]);
    let letter = ("food_letter".to_owned(), Necessity::Required);
    assert_eq!(asked("no", "proxy"), [plan(Necessity::Optional), letter]);
}

#[test]
fn members_that_do_not_apply_ask_nothing() {
    let (joint, items) = matter();
    let open = joint.compose(&items, &SituationAnswers::new());
    let keys: Vec<_> = open
        .form
        .iter()
        .flat_map(tb_forms::FormDocument::fields)
        .collect();
    assert!(keys.iter().all(|field| !field.key.starts_with("fire")));
    assert!(
        !keys.iter().any(|field| field.required),
        "the small shop need not name a unit"
    );
    assert_eq!(joint.members_for(&answers("no", "self")).len(), 1);
}

#[test]
fn what_is_needed_says_what_is_promised() {
    let (mut joint, items) = matter();
    let days = |length| Some(Term::working_days(length));
    let own = |key: &str, term| {
        let item = items.get(key).map(|item| ItemDocument {
            promised_term: term,
            ..(**item).clone()
        });
        (key.to_owned(), Arc::new(item.unwrap()))
    };
    let all = |food, fire| MemberItems::from([own("food", food), own("fire", fire)]);
    let promised = |joint: &JointItem, items: &MemberItems, big: &str| {
        joint.compose(items, &answers(big, "self")).promised_term
    };
    joint.promised_term = days(8);
    let items = all(days(3), days(6));
    assert_eq!(promised(&joint, &items, "yes"), days(8), "all of it");
    assert_eq!(promised(&joint, &items, "no"), days(3), "one item alone");
    let unsaid = all(None, days(6));
    assert_eq!(
        promised(&joint, &unsaid, "no"),
        days(8),
        "it promises nothing itself"
    );
    assert_eq!(
        promised(&joint, &all(days(20), None), "no"),
        days(8),
        "never more than the whole"
    );
    joint.promised_term = None;
    assert_eq!(promised(&joint, &items, "no"), None);
}
