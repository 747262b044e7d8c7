//! Requests, urgency, consent and changes, without a database.

use serde_json::{Value, json};
use tb_kernel::Locale;

use super::{
    AskedHelp, AssistGround, AssistLight, AssistOutcome, AssistPlace, MAX_REASON, asked,
    files_changed, fits_consent, form_changes, situation_changes, urgency,
};

fn entered(place: AssistPlace) -> AskedHelp {
    AskedHelp {
        reason: " 眼睛不好，看不清屏幕 ".to_owned(),
        phone: "+86 139 0731 0001".to_owned(),
        preferred: "工作日上午".to_owned(),
        place,
        ground: Some(AssistGround::Elder),
        address: " 八一路 1 号 ".to_owned(),
    }
}

fn faults(entered: &AskedHelp) -> Vec<String> {
    let found = asked(entered, "张示例", Locale::Chinese).unwrap_err();
    found.into_iter().map(|fault| fault.path).collect()
}

#[test]
fn a_request_says_why_and_how_to_be_reached() {
    let home = asked(&entered(AssistPlace::Home), "张示例", Locale::Chinese).unwrap();
    assert_eq!(home.reason, "眼睛不好，看不清屏幕");
    assert_eq!(
        (home.phone.as_str(), home.address.as_str()),
        ("13907310001", "八一路 1 号")
    );
    // Nobody comes: neither address nor ground is kept.
    let online = asked(&entered(AssistPlace::Online), "张示例", Locale::Chinese).unwrap();
    assert_eq!((online.ground, online.address.as_str()), (None, ""));

    let nothing = AskedHelp {
        reason: " ".to_owned(),
        phone: "12".to_owned(),
        ground: None,
        address: String::new(),
        ..entered(AssistPlace::Home)
    };
    assert_eq!(
        faults(&nothing),
        ["/reason", "/address", "/ground", "/phone"]
    );
    let long = AskedHelp {
        reason: "长".repeat(MAX_REASON + 1),
        ..entered(AssistPlace::Counter)
    };
    assert_eq!(faults(&long), ["/reason"]);
}

#[test]
fn lights_tell_how_long_the_first_contact_may_wait() {
    let day = |text: &str| text.parse().unwrap();
    let light = |today| urgency(day("2026-11-24"), true, day(today));
    assert_eq!(light("2026-11-23"), Some(AssistLight::Green));
    assert_eq!(light("2026-11-24"), Some(AssistLight::Yellow));
    assert_eq!(light("2026-11-25"), Some(AssistLight::Red));
    assert_eq!(urgency(day("2026-11-24"), false, day("2026-12-01")), None);
}

#[test]
fn consent_is_for_days_to_come_and_not_for_long() {
    let day = |text: &str| text.parse().unwrap();
    let fits = |until| fits_consent(day(until), day("2026-11-23"));
    assert!(fits("2026-11-23") && fits("2026-12-23"));
    assert!(!fits("2026-11-22") && !fits("2026-12-24"));
}

#[test]
fn assistants_close_in_their_own_ways_only() {
    assert!(AssistOutcome::Solved.is_of_assistants());
    assert!(!AssistOutcome::Submitted.is_of_assistants());
    assert!(!AssistOutcome::Withdrawn.is_of_assistants());
    assert_eq!(
        AssistOutcome::parse("unreached"),
        Some(AssistOutcome::Unreached)
    );
    assert_eq!(AssistOutcome::parse("gone"), None);
}

#[test]
fn a_form_is_compared_field_by_field_and_row_by_row() {
    let document = serde_json::from_value(json!({"key": "f", "title": "表", "sections": [
        {"key": "s", "title": "节", "fields": [
            {"key": "name", "label": "姓名", "kind": "text"},
            {"key": "skill", "label": "技能", "kind": "text"},
            {"key": "family", "label": "家庭成员", "kind": "repeat", "fields": [
                {"key": "name", "label": "姓名", "kind": "text"}]}]}]}))
    .unwrap();
    let before = json!({"name": "甲", "skill": "", "family": [{"name": "乙"}]});
    let after = json!({"name": "甲", "skill": "焊工", "family": [{"name": "丙"}, {"name": "丁"}]});
    let changes = form_changes(&document, &before, &after);
    let seen: Vec<(&str, Option<&Value>, Option<&Value>)> = changes
        .iter()
        .map(|one| (one.path.as_str(), one.before.as_ref(), one.after.as_ref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("/form/skill", None, Some(&json!("焊工"))),
            (
                "/form/family/0/name",
                Some(&json!("乙")),
                Some(&json!("丙"))
            ),
            ("/form/family/1", None, Some(&json!({"name": "丁"}))),
        ]
    );
    let emptied = json!({"name": "甲", "family": [{"name": "乙"}]});
    assert_eq!(form_changes(&document, &before, &emptied), []);
}

#[test]
fn situation_and_files_are_compared_too() {
    let answers = |all: &[(&str, &str)]| {
        let pairs = all
            .iter()
            .map(|(id, option)| ((*id).to_owned(), (*option).to_owned()));
        pairs.collect()
    };
    let changes = situation_changes(
        &answers(&[("reason", "closed"), ("same", "x")]),
        &answers(&[("same", "x"), ("a/b", "y")]),
    );
    let paths: Vec<&str> = changes.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(
        paths,
        ["/situation_answers/a~1b", "/situation_answers/reason"]
    );
    let files = files_changed("proof", &[], &["证明.pdf".to_owned()]);
    assert_eq!(
        (files.path.as_str(), files.before),
        ("/materials/proof", None)
    );
    assert_eq!(files.after, Some(json!(["证明.pdf"])));
}
