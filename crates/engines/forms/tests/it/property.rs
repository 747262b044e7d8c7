//! Arbitrary input: nothing panics, normal forms are stable, changes are found.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tb_forms::{
    FormDocument, attachments, changed_paths, masked, restrict, schema, validate, validate_draft,
};

use crate::city::City;
use crate::example;

static CITY: LazyLock<City> = LazyLock::new(|| City::with_cases::<Value>().0);

/// Text that is near to what fields ask for.
fn near_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9Xx０-９ ]{0,20}",
        "-?[0-9]{0,20}\\.?[0-9]{0,4}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "(yes|no|spouse|other|training|430102001001|430102|11010519491231002X|13800001234)",
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        near_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "(code|names|name|relation|relation_text|proof|a|b)",
        any::<String>()
    ]
}

/// An object with keys of the example and any values.
fn near_answers() -> impl Strategy<Value = Value> {
    let keys: Vec<String> = example().fields().map(|field| field.key.clone()).collect();
    let value = prop_oneof![near_text().prop_map(Value::from), any_json()];
    prop::collection::btree_map(prop::sample::select(keys), value, 0..12)
        .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>()))
}

/// The example with one place, chosen by `at`, replaced.
fn damaged(document: &mut Value, mut at: usize, value: Value) {
    let mut place = document;
    loop {
        let length = match &*place {
            Value::Array(items) => items.len(),
            Value::Object(object) => object.len(),
            _ => 0,
        };
        if length == 0 || at.is_multiple_of(5) {
            *place = value;
            return;
        }
        let step = at % length;
        at /= length;
        place = match place {
            Value::Array(items) => &mut items[step],
            Value::Object(object) => object.values_mut().nth(step).unwrap(),
            _ => return,
        };
    }
}

/// A key as a JSON Pointer writes it.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[test]
fn what_the_form_does_not_have_is_refused_though_it_is_listed() {
    let form = example();
    let (old, new) = (
        json!({ "family": [{}] }),
        json!({ "family": [{ "": null }] }),
    );
    let changed = changed_paths(&form, &old, &new);
    assert_eq!(changed, ["/family/0/"]);
    let refused = restrict(&form, &old, &new, &changed).unwrap_err();
    assert_eq!(refused[0].code, "form.not_editable");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn validation_never_panics_and_normal_answers_are_stable(
        answers in prop_oneof![any_json(), near_answers()],
    ) {
        let form = example();
        let env = CITY.env();
        if let Ok(normal) = validate(&form, &answers, &env) {
            let normal = normal.into_value();
            prop_assert_eq!(validate(&form, &normal, &env).unwrap().into_value(), normal.clone());
            prop_assert_eq!(validate_draft(&form, &normal, &env).unwrap().into_value(), normal.clone());
        }
        if let Ok(draft) = validate_draft(&form, &answers, &env) {
            let draft = draft.into_value();
            prop_assert_eq!(validate_draft(&form, &draft, &env).unwrap().into_value(), draft.clone());
            masked(&form, &draft);
            attachments(&form, &draft);
        }
    }

    #[test]
    fn changes_are_found_and_allowed_by_their_own_paths(old in near_answers(), new in near_answers()) {
        let form = example();
        let changed = changed_paths(&form, &old, &new);
        prop_assert_eq!(changed.is_empty(), restrict(&form, &old, &new, &[]).is_ok());
        // A key that no form has is not made right by being listed; normal answers have none.
        let refused = restrict(&form, &old, &new, &changed).err().unwrap_or_default();
        for problem in refused {
            let key = format!("/{}", escaped(&problem.args["label"]));
            prop_assert!(problem.path.ends_with(&key), "{}", problem.path);
        }
        prop_assert!(changed_paths(&form, &old, &old).is_empty());
        let draft = |answers| validate_draft(&form, answers, &CITY.env());
        if let (Ok(old), Ok(new)) = (draft(&old), draft(&new)) {
            let (old_value, new_value) = (old.as_value(), new.as_value());
            let changed = changed_paths(&form, old_value, new_value);
            prop_assert_eq!(changed.is_empty(), old == new);
            prop_assert!(restrict(&form, old_value, new_value, &changed).is_ok());
        }
    }

    #[test]
    fn no_document_makes_anything_panic(at in any::<usize>(), value in any_json(), answers in near_answers()) {
        let mut document = serde_json::to_value(example()).unwrap();
        damaged(&mut document, at, value);
        let _ = FormDocument::read(&document);
        if let Ok(form) = serde_json::from_value::<FormDocument>(document) {
                let _ = validate(&form, &answers, &CITY.env());
            schema(&form);
        }
    }
}
