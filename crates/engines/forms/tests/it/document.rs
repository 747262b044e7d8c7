//! What `check` finds in a document, and where.

use serde::Deserialize;
use serde_json::{Value, json};
use tb_forms::FormDocument;

use crate::example;

#[test]
fn the_example_is_sound_and_round_trips() {
    let text = include_str!("../example.form.json");
    assert_eq!(example().check(), vec![]);
    let back = serde_json::to_value(example()).unwrap();
    assert_eq!(back, serde_json::from_str::<Value>(text).unwrap());
}

/// Problems of a form with these fields, as (path below the fields, code).
fn problems(fields: Value) -> Vec<(String, &'static str)> {
    let document = json!({
        "key": "form", "title": "表",
        "sections": [{ "key": "only", "title": "组", "fields": fields }],
    });
    let found = FormDocument::read(&document).err().unwrap_or_default();
    let place = |path: &str| {
        path.strip_prefix("/sections/0/fields")
            .unwrap_or(path)
            .to_owned()
    };
    found
        .into_iter()
        .map(|problem| (place(&problem.path), problem.code))
        .collect()
}

/// One text field `a` and after it `b` with these options.
fn after_a(options: &Value) -> Vec<(String, &'static str)> {
    let mut field = json!({ "key": "b", "label": "乙" });
    field
        .as_object_mut()
        .unwrap()
        .extend(options.as_object().unwrap().clone());
    let choices = json!([{ "value": "x", "label": "某" }]);
    let first = json!({ "key": "a", "label": "甲", "kind": "dictionary", "options": choices });
    problems(json!([first, field]))
}

#[derive(Deserialize)]
struct Vector {
    options: Value,
    path: String,
    code: String,
}

#[test]
fn options_that_make_no_sense_are_located() {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("../document_vectors.json")).unwrap();
    assert!(vectors.len() > 40);
    for Vector {
        options,
        path,
        code,
    } in vectors
    {
        assert_eq!(after_a(&options), [(path, code.as_str())], "{options}");
    }
}

#[test]
fn conditions_name_an_earlier_comparable_field() {
    let when = |condition: Value| after_a(&json!({ "kind": "text", "visible_when": condition }));
    assert_eq!(
        when(json!({ "field": "a", "op": "equals", "value": "x" })),
        []
    );
    for (condition, last, code) in [
        (
            json!({ "field": "a", "op": "equals", "value": "y" }),
            "value",
            "document.condition_value",
        ),
        (
            json!({ "field": "a", "op": "in", "values": [] }),
            "values",
            "document.condition_empty",
        ),
        (
            json!({ "field": "b", "op": "equals", "value": "x" }),
            "field",
            "document.condition_later",
        ),
        (
            json!({ "field": "z", "op": "equals", "value": "x" }),
            "field",
            "document.condition_unknown",
        ),
    ] {
        let path = format!("/1/visible_when/{last}");
        assert_eq!(when(condition.clone()), [(path, code)], "{condition}");
    }
    let unknown_op = when(json!({ "field": "a", "op": "matches", "value": "x" }));
    assert_eq!(unknown_op, [(String::new(), "document.malformed")]);
    let on_phone = json!([
        { "key": "a", "label": "甲", "kind": "phone" },
        { "key": "b", "label": "乙", "kind": "text",
          "visible_when": { "field": "a", "op": "equals", "value": "13800001234" } },
    ]);
    let path = "/1/visible_when/value".to_owned();
    assert_eq!(problems(on_phone), [(path, "document.condition_kind")]);
}

#[test]
fn a_row_may_look_outwards_and_reuse_outer_keys_but_not_the_reverse() {
    let condition = |field: &str| json!({ "field": field, "op": "equals", "value": "x" });
    let text = |key: &str| json!({ "key": key, "label": "文", "kind": "text" });
    let mut inner = text("inner");
    inner["visible_when"] = condition("a");
    let rows =
        json!({ "key": "rows", "label": "行", "kind": "repeat", "fields": [text("c"), inner] });
    assert_eq!(problems(json!([text("a"), rows, text("c")])), []);
    let mut outside = text("z");
    outside["visible_when"] = condition("inner");
    let path = "/2/visible_when/field".to_owned();
    let found = problems(json!([text("a"), rows, outside]));
    assert_eq!(found, [(path, "document.condition_unknown")]);
}

#[test]
fn bounds_of_a_form_hold() {
    let mut nested = json!([{ "key": "a", "label": "甲", "kind": "text" }]);
    for _ in 0..5 {
        nested = json!([{ "key": "r", "label": "行", "kind": "repeat", "fields": nested }]);
    }
    assert_eq!(problems(nested)[0].1, "document.too_deep");
    let field = |at: usize| json!({ "key": format!("f{at}"), "label": "文", "kind": "text" });
    let many: Vec<Value> = (0..501).map(field).collect();
    assert_eq!(problems(Value::from(many))[0].1, "document.too_large");
    let empty = FormDocument::read(&json!({ "key": "f", "title": "表", "sections": [] }));
    assert_eq!(empty.unwrap_err()[0].code, "document.empty");
    let typo = json!([{ "key": "a", "label": "甲", "kind": "text", "requird": true }]);
    assert_eq!(problems(typo)[0].1, "document.kind_options");
}

#[test]
fn an_unknown_kind_survives_a_round_trip_and_refuses_answers() {
    let raw = json!({ "key": "f", "title": "表", "sections": [{ "key": "s", "title": "组",
        "fields": [{ "key": "a", "label": "签名", "kind": "signature", "pen": "#000" }] }] });
    let document: FormDocument = serde_json::from_value(raw.clone()).unwrap();
    assert_eq!(serde_json::to_value(&document).unwrap(), raw);
    let (city, _) = crate::city::City::with_cases::<Value>();
    let problems = tb_forms::validate(&document, &json!({ "a": "x" }), &city.env()).unwrap_err();
    assert_eq!(problems[0].code, "form.unsupported");
}
