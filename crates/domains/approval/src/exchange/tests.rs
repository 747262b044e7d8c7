//! Both formats, there and back, with text of any kind; and files that are not whole.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::collection::vec;
use proptest::prelude::*;

use super::record::Record;
use super::*;

/// Text that people and machines come up with: markup, line ends, what XML cannot hold, blanks.
fn odd() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("张示例".to_owned()),
        Just("<b>&amp;]]></b>".to_owned()),
        Just("\r\n\t \u{0}\u{1}\u{b}\u{1f}".to_owned()),
        Just("\u{fffe}\u{ffff}\u{feff}\u{2028}\u{85}".to_owned()),
        Just("\\u{1}\\\\\\".to_owned()),
        Just("\"'&#x1;&nbsp;<!--\u{1F600}\u{20000}".to_owned()),
        any::<String>(),
    ];
    vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4_000_000_000_000_000)
        .prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap_or_default())
}

fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of(moment().prop_map(|at| at.date_naive()))
}

/// A record with something odd in each field, whatever its kind: written as texts and read back.
fn record<R: Record + std::fmt::Debug + Clone + 'static>() -> impl Strategy<Value = R> {
    let texts = vec((odd(), vec(odd(), 0..3), moment(), day(), any::<i64>()), 30);
    texts.prop_map(|values| {
        let mut fields = Vec::new();
        for (name, (text, list, at, day, number)) in R::NAME.fields.iter().zip(values) {
            use super::leaf::Leaf;
            let texts = match (name.many, name.key) {
                (true, _) => list,
                (_, "At" | "SubmittedAt" | "CountsFrom" | "ConfirmedAt") => at.write(),
                (_, "AskedOn" | "PromisedBy" | "LegalDue" | "PromisedDue" | "PlannedEnd") => {
                    day.write()
                }
                (_, "Sequence" | "ItemVersion" | "Size" | "Extension" | "RequestSequence") => {
                    number.write()
                }
                _ => text.write(),
            };
            fields.push((name.key.to_owned(), texts));
        }
        let key = R::NAME.key.to_owned();
        R::from_flat(Flat { key, fields }).unwrap_or_else(|error| panic!("{error}"))
    })
}

fn case() -> impl Strategy<Value = CaseRecords> {
    let first = (
        record::<Application>(),
        vec(record::<Material>(), 0..3),
        vec(record::<PreAcceptance>(), 0..2),
        vec(record::<Acceptance>(), 0..2),
        vec(record::<Approval>(), 0..3),
        vec(record::<CorrectionNotice>(), 0..3),
    );
    let second = (
        vec(record::<CorrectionAcceptance>(), 0..3),
        vec(record::<SpecialProcedureRequest>(), 0..3),
        vec(record::<SpecialProcedureResult>(), 0..3),
        vec(record::<Completion>(), 0..2),
        vec(record::<Collection>(), 0..2),
    );
    (first, second).prop_map(|(first, second)| CaseRecords {
        application: first.0,
        materials: first.1,
        pre_acceptances: first.2,
        acceptances: first.3,
        approvals: first.4,
        correction_notices: first.5,
        correction_acceptances: second.0,
        special_requests: second.1,
        special_results: second.2,
        completions: second.3,
        collections: second.4,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(cases in vec(case(), 0..3), failed in vec("[0-9]{21}", 0..3)) {
        for (format, read) in [
            (Format::Json, read_json as fn(&str) -> Result<ExchangeFile, ReadError>),
            (Format::Xml, read_xml),
        ] {
            let mut text = format.open();
            for (n, case) in cases.iter().enumerate() {
                text.push_str(&format.case(n == 0, case));
            }
            text.push_str(&format.close(cases.len(), &failed));
            let file = read(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
            prop_assert_eq!(&file.cases, &cases);
            prop_assert_eq!(&file.failed, &failed);
        }
    }

    #[test]
    fn xml_holds_no_character_that_xml_forbids(case in case()) {
        let text = Format::Xml.file(&[case]);
        let is_forbidden = |c: char| {
            matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
        };
        prop_assert!(!text.contains(is_forbidden));
        prop_assert!(!text.contains('\r'));
    }

    #[test]
    fn the_reader_refuses_anything_else_without_falling(text in odd()) {
        prop_assert!(read_json(&text).is_err());
        prop_assert!(read_xml(&text).is_err());
    }
}

fn plain() -> CaseRecords {
    CaseRecords {
        application: Application {
            case_number: "430102202611220000235".to_owned(),
            applicant_name: "张<示例>".to_owned(),
            ..Application::default()
        },
        ..CaseRecords::default()
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    for format in [Format::Json, Format::Xml] {
        let read = |text: &str| match format {
            Format::Json => read_json(text),
            Format::Xml => read_xml(text),
        };
        let whole = format.file(&[plain(), plain()]);
        assert_eq!(read(&whole).map(|file| file.cases.len()), Ok(2));
        for cut in whole.trim_end().char_indices().map(|(at, _)| at) {
            let part = whole.get(..cut).unwrap_or_default();
            assert!(read(part).is_err(), "{part}");
        }
        // A case taken out of the middle, with its tags.
        let less = format.open() + &format.case(true, &plain()) + &format.close(2, &[]);
        assert_eq!(
            read(&less).map(|file| file.cases.len()),
            Err(ReadError::Count {
                said: Some(2),
                found: 1
            })
        );
    }
}

#[test]
fn another_schema_or_an_unknown_name_is_refused() {
    let xml = Format::Xml.file(&[plain()]);
    assert!(matches!(
        read_xml(&xml.replace(SCHEMA, "something-else")),
        Err(ReadError::Schema(_))
    ));
    assert!(matches!(
        read_xml(&xml.replace("ApplicantName", "Applicant")),
        Err(ReadError::Unknown(_))
    ));
    let json = Format::Json.file(&[plain()]);
    assert!(matches!(
        read_json(&json.replace(SCHEMA, "something-else")),
        Err(ReadError::Schema(_))
    ));
    assert!(matches!(
        read_json(&json.replace("ApplicantName", "Applicant")),
        Err(ReadError::Unknown(_))
    ));
    assert!(matches!(
        read_xml(&xml.replace("1970-01-01T08", "1970-13-01T08")),
        Err(ReadError::Value {
            record: "Application",
            field: "SubmittedAt"
        })
    ));
}

#[test]
fn no_two_names_are_the_same() {
    for record in names() {
        let mut keys: Vec<_> = record.fields.iter().map(|field| field.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), record.fields.len(), "{}", record.key);
        for text in [record.key].into_iter().chain(keys) {
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()), "{text}");
        }
    }
}
