//! The forms: sound documents that can be filled in, whichever option is chosen.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use tb_forms::kind::{DictionaryOptions, NumberOptions};
use tb_forms::{Dictionaries, DivisionPath, DivisionStep, Divisions, Env, Field, Kind, validate};
use tb_kernel::region::Level;

use crate::items;

#[test]
fn forms_can_be_filled_in() {
    for (file, _, item) in items() {
        let form = item.form.as_ref().unwrap();
        let problems = form.check();
        assert!(problems.is_empty(), "{file}: {problems:#?}");
        assert!(
            (2..=4).contains(&form.sections.len()),
            "{file}: {} sections",
            form.sections.len()
        );
        assert!(
            item.item_type.is_on_application(),
            "{file}: nobody applies for an ex-officio item"
        );
        assert!(item.is_online() && item.online_depth >= 1, "{file}");
    }
}

const COMMUNITY: &str = "430102001001";
const TODAY: &str = "2026-11-22";

/// One community and the way to it; no code tables, since the demo's forms carry their own lists.
struct OneCommunity;

impl Divisions for OneCommunity {
    fn find(&self, code: &str) -> Option<DivisionPath> {
        let steps = ["430000", "430100", "430102", "430102001", COMMUNITY];
        let steps = steps
            .map(|code| DivisionStep {
                code: code.to_owned(),
                name: code.to_owned(),
            })
            .to_vec();
        (code == COMMUNITY).then_some(DivisionPath {
            steps,
            level: Level::Community,
            is_leaf: true,
        })
    }
}

impl Dictionaries for OneCommunity {
    fn contains(&self, _table: &str, _value: &str) -> Option<bool> {
        None
    }
}

fn choice(options: &DictionaryOptions, nth: usize) -> Value {
    let list = options.options.as_ref().unwrap();
    let value = &list[nth % list.len()].value;
    if options.multiple {
        json!([value])
    } else {
        json!(value)
    }
}

fn number(options: &NumberOptions) -> Value {
    json!(
        options
            .min
            .as_deref()
            .filter(|min| *min != "0")
            .unwrap_or("1")
    )
}

/// An answer to every field; each list answers with its `nth` option.
fn answers<'a>(fields: impl Iterator<Item = &'a Field>, nth: usize) -> Value {
    let answer = |field: &Field| match &field.kind {
        Kind::Text(_) | Kind::LongText(_) => json!("示例"),
        Kind::Number(options) => number(options),
        Kind::Money(_) => json!("10000"),
        Kind::Date(_) => json!(TODAY),
        Kind::Dictionary(options) => choice(options, nth),
        Kind::Division(_) => json!({ "code": COMMUNITY }),
        Kind::CitizenId(_) => json!("430102199307169986"),
        Kind::CreditCode(_) => json!("91430102MATB000187"),
        Kind::Phone(_) => json!("19900000001"),
        Kind::Email(_) => json!("name@example.cn"),
        Kind::Repeat(group) => json!([answers(group.fields.iter(), nth)]),
        Kind::Attachment(_) => json!(["01900000-0000-7000-8000-000000000000"]),
        other @ Kind::Unrecognised(_) => panic!("no demo form asks for {other:?}"),
    };
    fields
        .map(|field| (field.key.clone(), answer(field)))
        .collect::<Map<_, _>>()
        .into()
}

#[test]
fn every_choice_leads_to_a_complete_form() {
    let env = Env {
        today: TODAY.parse::<NaiveDate>().unwrap(),
        divisions: &OneCommunity,
        dictionaries: &OneCommunity,
    };
    for (file, _, item) in items() {
        let form = item.form.as_ref().unwrap();
        for nth in 0..12 {
            let problems = validate(form, &answers(form.fields(), nth), &env).err();
            assert!(problems.is_none(), "{file}, option {nth}: {problems:#?}");
        }
        let missing = validate(form, &json!({}), &env)
            .err()
            .map_or(0, |problems| problems.len());
        assert!(missing >= 5, "{file} asks for {missing} answers only");
    }
}
