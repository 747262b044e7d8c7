//! What may be named, what is signed, and when the clock reminds.

use chrono::NaiveDate;
use serde_json::{Value, json};
use tb_calendar::Calendar;
use tb_contract::item::{CoApplicantRule, SituationAnswers};
use tb_kernel::Locale;
use uuid::Uuid;

use super::{
    Attached, CoApplicantEntry, Content, SignerState, SigningState, digest, is_complete, people,
    reminder, too_few,
};

const OWN: &str = "430102199307169986";

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn rule() -> CoApplicantRule {
    CoApplicantRule {
        min: 1,
        max: 2,
        role: "合伙人".to_owned(),
        term: None,
    }
}

fn entry(name: &str, id_number: &str, organisation: bool) -> CoApplicantEntry {
    CoApplicantEntry {
        organisation,
        name: name.to_owned(),
        id_number: id_number.to_owned(),
        phone: "139 0731 0001".to_owned(),
    }
}

fn paths(entered: &[CoApplicantEntry]) -> Vec<(String, String)> {
    let judged = people(entered, &rule(), OWN, day(11, 23), Locale::Chinese);
    let faults = judged.err().unwrap_or_default();
    faults
        .into_iter()
        .map(|fault| (fault.path, fault.code))
        .collect()
}

#[test]
fn persons_and_organisations_come_out_in_normal_form() {
    let entered = [
        entry(" 欧阳测甲 ", "11010519491231002x", false),
        entry("长沙测试商贸有限公司", "91430102matb000187", true),
    ];
    let found = people(&entered, &rule(), OWN, day(11, 23), Locale::Chinese);
    let found = found.unwrap_or_default();
    let keys: Vec<String> = found.iter().map(super::Person::key).collect();
    assert_eq!(
        keys,
        [
            "person:11010519491231002X",
            "organisation:91430102MATB000187"
        ]
    );
    assert_eq!(found[0].name, "欧阳测甲");
    assert_eq!(found[0].phone, "13907310001");
}

#[test]
fn nobody_is_named_twice_nor_the_applicant_himself() {
    let entered = [
        entry("张示例", OWN, false),
        entry("欧阳测甲", "11010519491231002X", false),
        entry("", "11010519491231002x", false),
    ];
    let found = paths(&entered);
    let wanted = [
        ("/co_applicants", "intake.field.signers_many"),
        ("/co_applicants/0/id_number", "intake.field.signer_oneself"),
        ("/co_applicants/2/name", "intake.field.counter_name"),
        ("/co_applicants/2/id_number", "intake.field.signer_twice"),
    ];
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(path, code)| (path.as_str(), code.as_str()))
        .collect();
    assert_eq!(found, wanted);
    let wrong = paths(&[entry("李示例", "430102199307169985", false)]);
    assert_eq!(wrong[0].0, "/co_applicants/0/id_number");
}

#[test]
fn fewer_than_the_item_wants_are_told() {
    let fault = too_few(&rule(), 0).unwrap();
    assert_eq!(fault.code, "intake.field.signers_few");
    assert_eq!(fault.args["role"], "合伙人");
    assert!(too_few(&rule(), 1).is_none());
}

fn signed(form: &Value, files: &[u128], signer: &str) -> String {
    let answers = SituationAnswers::default();
    let content = Content {
        item: ("X", 1),
        situation: &answers,
        form,
        materials: files
            .iter()
            .map(|n| Attached {
                requirement_id: "proof",
                id: Uuid::from_u128(*n),
                size: 1,
            })
            .collect(),
        deferred: &[],
        applicant: ("张示例", OWN),
        co_applicants: vec![(signer, "1")],
    };
    digest(content).unwrap()
}

#[test]
fn what_is_signed_is_form_files_and_parties() {
    let form = json!({"name": "张示例"});
    let one = signed(&form, &[1, 2], "李示例");
    assert_eq!(one.len(), 64);
    assert_eq!(
        one,
        signed(&form, &[2, 1], "李示例"),
        "the order of files does not count"
    );
    for other in [
        signed(&json!({"name": "张示"}), &[1, 2], "李示例"),
        signed(&form, &[1], "李示例"),
        signed(&form, &[1, 2], "王示例"),
    ] {
        assert_ne!(one, other);
    }
}

#[test]
fn the_clock_reminds_a_working_day_before_the_end() {
    let calendar = Calendar::embedded().unwrap();
    let remind = |today, last| reminder(&calendar, today, last, "430102").unwrap();
    // A Monday; before it lies a weekend.
    assert_eq!(remind(day(11, 9), day(11, 23)), Some(day(11, 20)));
    assert_eq!(remind(day(11, 9), day(11, 12)), Some(day(11, 11)));
    assert_eq!(remind(day(11, 20), day(11, 23)), None, "it was asked today");
}

#[test]
fn all_have_signed_when_nobody_is_left() {
    use SignerState::{Asked, Declined, Signed};
    assert!(is_complete(&[Signed, Signed]));
    assert!(!is_complete(&[Signed, Asked]) && !is_complete(&[Declined, Signed]));
    for state in [Asked, Signed, Declined, SignerState::Named] {
        assert_eq!(SignerState::parse(state.as_str()), state);
    }
    for state in [
        SigningState::Open,
        SigningState::Complete,
        SigningState::HandedIn,
        SigningState::TakenBack,
        SigningState::Lapsed,
    ] {
        assert_eq!(SigningState::parse(state.as_str()), state);
    }
}
