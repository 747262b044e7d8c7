//! What a part says, what may be left out of it, and by when.

use chrono::{DateTime, Utc};
use tb_calendar::{Calendar, Light};

use super::{
    DroppedPoint, JointSaid, PartAnswer, SharedPoint, SubTerms, Verdict, light, shared, standing,
};
use crate::error::Error;
use crate::model::command::Command;
use crate::model::event::{EventDetail, EventKind, Listed};
use crate::model::state::{RefusalKind, State};

fn list() -> PartAnswer {
    let command = Command::RequestCorrection {
        listed: Listed {
            fields: vec!["/area".to_owned()],
            materials: vec!["plan".to_owned(), "licence".to_owned()],
        },
        reason: " 平面图不清 ".to_owned(),
    };
    PartAnswer::of(&command).unwrap()
}

fn dropped(part: &str, reason: &str) -> DroppedPoint {
    DroppedPoint {
        part: part.to_owned(),
        reason: reason.to_owned(),
    }
}

#[test]
fn a_part_is_sent_by_the_command_that_fits_the_state() {
    let part = list();
    assert_eq!(
        (part.verdict, &*part.reason),
        (Verdict::Correct, "平面图不清")
    );
    assert!(matches!(
        part.command(State::Received),
        Command::RequestCorrection { .. }
    ));
    assert!(matches!(
        part.command(State::Submitted),
        Command::ReturnForReview { .. }
    ));
    let refusal = Command::Refuse {
        kind: RefusalKind::NotAccepted,
        reason: "不需要许可".to_owned(),
    };
    assert_eq!(
        PartAnswer::of(&refusal).unwrap().command(State::Received),
        refusal
    );
    assert_eq!(
        PartAnswer::of(&Command::Accept)
            .unwrap()
            .command(State::Received),
        Command::Accept
    );
    assert_eq!(
        PartAnswer::of(&Command::Close),
        None,
        "no answer to an application"
    );
}

#[test]
fn the_lead_office_leaves_nothing_out_without_a_reason() {
    let part = list();
    let sent = part
        .edited("请补正平面图", &[dropped("licence", "系统可核验")])
        .unwrap();
    assert_eq!(sent.listed.materials, ["plan"]);
    assert_eq!(sent.reason, "请补正平面图");
    assert_eq!(
        part.edited("", &[]).unwrap(),
        part,
        "else it goes out as it is"
    );
    let refused = |points: &[DroppedPoint]| part.edited("", points).unwrap_err();
    assert_eq!(
        refused(&[dropped("licence", " ")]),
        (0, Error::ReasonMissing)
    );
    assert_eq!(
        refused(&[dropped("other", "重复")]),
        (0, Error::UnknownPart)
    );
    let all = ["/area", "plan", "licence"].map(|point| dropped(point, "重复"));
    assert_eq!(refused(&all), (2, Error::NothingListed), "one point stays");
}

#[test]
fn the_last_part_since_the_application_came_in_stands() {
    let said = |answer: Option<PartAnswer>| EventDetail {
        joint: Some(Box::new(JointSaid {
            lead: "牵头局".to_owned(),
            answer,
            sent_by: None,
            dropped: Vec::new(),
        })),
        ..EventDetail::default()
    };
    let accept = PartAnswer::of(&Command::Accept).unwrap();
    let mut history = vec![
        (EventKind::Submitted, EventDetail::default()),
        (EventKind::JointAnswered, said(Some(list()))),
        (EventKind::MessageReceived, EventDetail::default()),
        (EventKind::JointAnswered, said(Some(accept.clone()))),
    ];
    let stands = |history: &[(EventKind, EventDetail)]| {
        standing(history, |(kind, detail)| (*kind, detail)).map(|(_, answer)| answer.clone())
    };
    assert_eq!(
        stands(&history),
        Some(accept),
        "given anew, the first is gone"
    );
    history.push((EventKind::JointReturned, EventDetail::default()));
    assert_eq!(stands(&history), None, "the lead office was silent");
    history.truncate(2);
    history.push((EventKind::Corrected, EventDetail::default()));
    assert_eq!(
        stands(&history),
        None,
        "what was corrected is examined anew"
    );
}

#[test]
fn sub_terms_end_before_that_of_the_law() {
    let calendar = Calendar::embedded().unwrap();
    let since: DateTime<Utc> = "2026-11-23T02:00:00Z".parse().unwrap();
    let until = Some("2026-11-30T16:00:00Z".parse().unwrap());
    let terms = SubTerms { part: 2, send: 4 };
    let (part, send) = terms.days(&calendar, since, "430102", until).unwrap();
    assert_eq!(
        (part.to_string(), send.to_string()),
        ("2026-11-25".to_owned(), "2026-11-27".to_owned())
    );
    let late = Some("2026-11-27T16:00:00Z".parse().unwrap());
    assert_eq!(
        terms.days(&calendar, since, "430102", late),
        None,
        "no day would be left"
    );
    assert!(terms.is_sound());
    assert!(!SubTerms { part: 2, send: 5 }.is_sound() && !SubTerms { part: 4, send: 4 }.is_sound());
    assert!(!SubTerms { part: 0, send: 4 }.is_sound());
}

#[test]
fn the_whole_is_as_late_as_its_latest_case() {
    let day = |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
    let lit = |cases: &[Light], today| light(cases.iter().copied(), Some(day(2)), day(today));
    assert_eq!(
        lit(&[Light::Green, Light::Yellow, Light::Grey], 2),
        Some(Light::Yellow)
    );
    assert_eq!(lit(&[Light::Grey], 1), Some(Light::Grey));
    assert_eq!(
        lit(&[Light::Green], 3),
        Some(Light::Red),
        "its own day is over"
    );
    assert_eq!(lit(&[Light::Purple], 3), Some(Light::Purple));
    assert_eq!(lit(&[], 3), None, "nothing runs");
}

#[test]
fn what_several_items_want_is_done_once() {
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    let lists = [
        ("食品经营许可", names(&["营业执照", "平面图"])),
        ("消防安全检查", names(&["营业执照", "营业执照"])),
    ];
    let expected = SharedPoint {
        name: "营业执照".to_owned(),
        items: names(&["食品经营许可", "消防安全检查"]),
    };
    assert_eq!(shared(&lists), [expected]);
}
