//! Every code, sentence and message has its text in both languages.

use std::collections::BTreeMap;

use tb_http::Texts;
use tb_kernel::Locale;

fn files() -> [BTreeMap<String, String>; 2] {
    tb_intake::manifest()
        .texts
        .map(|(_, json)| serde_json::from_str(json).unwrap())
}

#[test]
fn every_code_has_its_texts() {
    tb_testkit::assert_texts(&tb_intake::manifest());
    let texts = Texts::new(&tb_intake::manifest().texts).unwrap();
    for code in tb_intake::FIELD_CODES {
        assert!(
            texts.has(Locale::Chinese, code) && texts.has(Locale::English, code),
            "{code}"
        );
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_arguments() {
    let [chinese, english] = files();
    let keys = |file: &BTreeMap<String, String>| file.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&chinese), keys(&english));
    for (key, text) in &chinese {
        // A courtesy that only one language needs may leave an argument out, never invent one.
        for name in arguments(&english[key]) {
            assert!(arguments(text).contains(&name), "{key}: {name}");
        }
    }
}

fn arguments(text: &str) -> Vec<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
        .collect()
}
