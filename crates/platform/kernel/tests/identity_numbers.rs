//! Identity numbers against vectors computed by a separate program; the web tests read them too.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::NaiveDate;
use serde::Deserialize;
use tb_kernel::Locale;
use tb_kernel::identity_number::{
    CitizenId, CreditCode, DivisionWarning, IdentityNumberError, IssuedFor, Phone, Sex, mask_name,
};

#[derive(Deserialize)]
struct Vectors {
    today: NaiveDate,
    valid: Vec<Valid>,
    invalid: Vec<Invalid>,
    names: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Valid {
    kind: String,
    input: String,
    normalised: String,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    masked: Option<String>,
    organisation_code: Option<String>,
}

#[derive(Deserialize)]
struct Invalid {
    kind: String,
    input: String,
    code: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("identity_vectors.json")).unwrap()
}

/// What any of the types says: normal form, mask and `Debug`.
fn read(
    kind: &str,
    input: &str,
    today: NaiveDate,
) -> Result<(String, String, String), IdentityNumberError> {
    let id = |id: CitizenId| (id.as_str().to_owned(), id.masked(), format!("{id:?}"));
    let phone = |phone: Phone| {
        (
            phone.as_str().to_owned(),
            phone.masked(),
            format!("{phone:?}"),
        )
    };
    match kind {
        "citizen_id" => CitizenId::parse(input, today).map(id),
        "citizen_id_15" => CitizenId::upgrade_15(input, today).map(id),
        "credit_code" => CreditCode::parse(input)
            .map(|code| (code.as_str().to_owned(), code.masked(), format!("{code:?}"))),
        "mobile" => Phone::parse_mobile(input).map(phone),
        "phone" => Phone::parse(input).map(phone),
        other => panic!("unknown kind {other}"),
    }
}

#[test]
fn valid_numbers_are_normalised_and_masked() {
    let vectors = vectors();
    assert!(vectors.valid.len() > 40);
    for vector in &vectors.valid {
        let (normal, mask, debug) = read(&vector.kind, &vector.input, vectors.today)
            .unwrap_or_else(|error| panic!("{} {:?}: {error}", vector.kind, vector.input));
        assert_eq!(normal, vector.normalised, "{:?}", vector.input);
        assert!(!debug.contains(&normal), "Debug must not show the number");
        if let Some(wanted) = &vector.masked {
            assert_eq!(&mask, wanted);
        }
        if vector.kind == "citizen_id" {
            let id = CitizenId::parse(&vector.input, vectors.today).unwrap();
            assert_eq!(
                vector.birth_date.unwrap_or_else(|| id.birth_date()),
                id.birth_date()
            );
            assert_eq!(vector.sex.unwrap_or_else(|| id.sex()), id.sex());
        }
        if let Some(inner) = &vector.organisation_code {
            assert_eq!(
                CreditCode::parse(&vector.input)
                    .unwrap()
                    .organisation_code(),
                inner
            );
        }
    }
}

#[test]
fn invalid_numbers_are_refused_with_their_code_and_texts() {
    let vectors = vectors();
    assert!(vectors.invalid.len() > 40);
    for vector in &vectors.invalid {
        let shown: String = vector.input.chars().take(30).collect();
        let Err(error) = read(&vector.kind, &vector.input, vectors.today) else {
            panic!("{} {shown:?} was accepted", vector.kind);
        };
        assert_eq!(error.code(), vector.code, "{} {shown:?}", vector.kind);
        assert!(!error.text(Locale::Chinese).is_ascii());
        assert!(error.text(Locale::English).is_ascii());
    }
}

#[test]
fn every_single_wrong_digit_of_an_id_is_found() {
    let today = vectors().today;
    let good = "440524188001010014";
    for at in 0..17 {
        for digit in '0'..='9' {
            let bad: String = good
                .chars()
                .enumerate()
                .map(|(i, c)| if i == at { digit } else { c })
                .collect();
            assert_eq!(CitizenId::parse(&bad, today).is_ok(), bad == good, "{bad}");
        }
    }
}

#[test]
fn a_doubtful_division_is_a_warning() {
    let today = vectors().today;
    let id = CitizenId::parse("440524188001010014", today).unwrap();
    assert_eq!(
        id.division_warning(|_| None),
        Some(DivisionWarning::Unknown)
    );
    assert_eq!(
        id.division_warning(|_| Some(1984)),
        Some(DivisionWarning::TooNew)
    );
    assert_eq!(id.division_warning(|_| Some(1880)), None);
    let permit = vectors()
        .valid
        .into_iter()
        .find(|v| v.normalised.starts_with("83"))
        .unwrap();
    let permit = CitizenId::parse(&permit.input, today).unwrap();
    assert_eq!(permit.issued_for(), IssuedFor::TaiwanResident);
    assert_eq!(permit.division_warning(|_| None), None);
}

#[test]
fn stored_numbers_are_checked_again() {
    let id: CitizenId = serde_json::from_str("\"11010519491231002X\"").unwrap();
    assert_eq!(
        serde_json::to_string(&id).unwrap(),
        "\"11010519491231002X\""
    );
    let error = serde_json::from_str::<CitizenId>("\"110105194912310021\"").unwrap_err();
    assert!(!error.to_string().contains("110105194912310021"));
    assert!(serde_json::from_str::<CreditCode>("\"91350100M000100Y44\"").is_err());
    assert!(serde_json::from_str::<Phone>("\"12345\"").is_err());
}

#[test]
fn names_are_masked() {
    for (name, mask) in vectors().names {
        assert_eq!(mask_name(&name), mask, "{name}");
    }
}
