//! Every code has a sentence in both languages, and no sentence waits for an argument in vain.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tb_forms::{text, validate};
use tb_kernel::Locale;
use tb_kernel::identity_number::{CitizenId, CreditCode, Phone};

use crate::city::City;
use crate::example;

type Texts = BTreeMap<String, BTreeMap<String, String>>;

fn texts() -> Texts {
    serde_json::from_str(include_str!("../../texts.json")).unwrap()
}

/// The codes as the sources write them: `"form.…"` and `"document.…"`.
fn codes_in_the_sources() -> BTreeSet<String> {
    let sources = [
        include_str!("../../src/validate.rs"),
        include_str!("../../src/value.rs"),
        include_str!("../../src/value/choice.rs"),
        include_str!("../../src/value/email.rs"),
        include_str!("../../src/change.rs"),
        include_str!("../../src/check.rs"),
        include_str!("../../src/check/condition.rs"),
        include_str!("../../src/check/options.rs"),
    ];
    let quoted = sources.iter().flat_map(|source| source.split('"'));
    let is_code = |word: &&str| word.starts_with("form.") || word.starts_with("document.");
    quoted.filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_code_has_its_sentences_and_no_sentence_is_idle() {
    let texts = texts();
    let codes = codes_in_the_sources();
    assert!(codes.len() > 50);
    for code in &codes {
        assert!(texts.contains_key(code), "{code} has no text");
    }
    for (code, sentences) in &texts {
        let base: Vec<&str> = code.splitn(3, '.').take(2).collect();
        let base = base.join(".");
        assert!(codes.contains(&base), "{code} is used nowhere");
        let languages: Vec<&str> = sentences.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "zh-CN"], "{code}");
        assert!(
            sentences["en"].is_ascii() && !sentences["zh-CN"].is_ascii(),
            "{code}"
        );
    }
}

#[test]
fn sentences_of_the_vectors_are_complete_and_repeat_no_answer() {
    let (city, cases) = City::with_cases::<Value>();
    let mut seen = BTreeSet::new();
    for case in cases.iter().filter(|case| case["fields"].is_array()) {
        let document = serde_json::json!({ "key": "v", "title": "样本",
            "sections": [{ "key": "s", "title": "样本", "fields": case["fields"] }] });
        let document = serde_json::from_value(document).unwrap();
        for problem in validate(&document, &case["answers"], &city.env())
            .err()
            .unwrap_or_default()
        {
            let answer = case["answers"]["a"].as_str().unwrap_or_default();
            for locale in [Locale::Chinese, Locale::English] {
                let sentence = problem.text(locale);
                assert!(!sentence.contains(['{', '}']), "{sentence}");
                assert_ne!(sentence, problem.code);
                assert!(answer.len() < 8 || !sentence.contains(answer), "{sentence}");
            }
            seen.insert(problem.code);
        }
    }
    let elsewhere = ["form.not_editable", "form.unsupported"];
    let wanted = codes_in_the_sources();
    let unmet: Vec<_> = wanted
        .iter()
        .filter(|code| code.starts_with("form.") && !elsewhere.contains(&code.as_str()))
        .filter(|code| !seen.contains(code.as_str()))
        .collect();
    assert!(unmet.is_empty(), "no vector meets {unmet:?}");
}

#[test]
fn the_kernel_says_the_same_of_identity_numbers() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let ids = [
        "1",
        "1101051949123100AX",
        "110105194902310029",
        "110105194912310021",
    ];
    let ids = ids.map(|id| ("citizen_id", CitizenId::parse(id, today).unwrap_err()));
    let codes = ["1", "9135010OM000100Y43", "91350100M000100Y44"];
    let codes = codes.map(|code| ("credit_code", CreditCode::parse(code).unwrap_err()));
    let mobiles = ["1", "x", "12345678901"];
    let mobiles = mobiles.map(|number| ("phone", Phone::parse_mobile(number).unwrap_err()));
    let phone = [("phone_or_landline", Phone::parse("84560000").unwrap_err())];
    for (variant, error) in ids.into_iter().chain(codes).chain(mobiles).chain(phone) {
        let code = error.code().replace("identity_number.", "form.");
        let args = BTreeMap::from([("variant".to_owned(), variant.to_owned())]);
        for locale in [Locale::Chinese, Locale::English] {
            assert_eq!(
                text(&code, &args, locale),
                error.text(locale),
                "{code} {variant}"
            );
        }
    }
}

#[test]
fn a_sentence_names_its_field() {
    let (city, _) = City::with_cases::<Value>();
    let problems = validate(&example(), &serde_json::json!({}), &city.env()).unwrap_err();
    let chinese: Vec<String> = problems.iter().map(|p| p.text(Locale::Chinese)).collect();
    assert_eq!(chinese[0], "请填写姓名");
    assert_eq!(chinese[3], "请选择常住地");
    assert_eq!(problems[0].text(Locale::English), "Enter: 姓名");
}
