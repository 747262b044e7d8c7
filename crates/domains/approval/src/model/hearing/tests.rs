//! The rules of hearings, one by one.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

use super::{
    Hearing, HearingFacts, HearingStage, HearingStep, Interested, Session, examiners, fold,
    told_anew,
};
use crate::error::Error;
use crate::model::apply::{Facts, Surroundings, apply};
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventDetail, EventKind, StaffRef};
use crate::model::state::{Ruling, State};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning in Shanghai.
fn at(text: &str) -> DateTime<Utc> {
    Utc.from_utc_datetime(&day(text).and_hms_opt(2, 0, 0).unwrap())
}

fn hearing(stage: HearingStage) -> HearingFacts {
    HearingFacts {
        stage,
        persons: 2,
        ask_by: day("2026-12-01"),
        asked: Vec::new(),
        hold_by: Some(day("2026-12-29")),
        at: None,
        presider: None,
    }
}

fn case(hearing: Option<HearingFacts>) -> Facts<'static> {
    Facts {
        hearing,
        ..Facts::blank(State::Examining)
    }
}

fn step(facts: &Facts<'_>, step: HearingStep, on: &str) -> Result<EventKind, Error> {
    let command = Command::Divert(Diversion {
        way: Way::Hearing(step),
        reason: "理由".to_owned(),
    });
    let outcome = apply(facts, &command, Surroundings::platform(at(on)))?;
    assert_eq!(
        outcome.state,
        State::Examining,
        "a hearing is beside the case"
    );
    Ok(outcome.events[0].kind)
}

fn person(name: &str, contact: &str) -> Interested {
    Interested {
        name: name.to_owned(),
        contact: contact.to_owned(),
        interest: String::new(),
    }
}

fn tell(persons: Vec<Interested>) -> HearingStep {
    tell_on("2026-11-24", persons)
}

fn tell_on(on: &str, persons: Vec<Interested>) -> HearingStep {
    HearingStep::Tell {
        persons,
        on: day(on),
        ask_by: day("2026-12-01"),
        accepted_on: day("2026-11-23"),
    }
}

fn ask(person: Option<usize>, on: &str) -> HearingStep {
    HearingStep::Ask {
        person,
        on: day(on),
        hold_by: day("2026-12-29"),
        accepted_on: day("2026-11-23"),
    }
}

fn call(on: &str, presider: u128) -> HearingStep {
    HearingStep::Call {
        session: Session {
            at: at(on),
            place: "三楼会议室".to_owned(),
            presider: StaffRef {
                id: Uuid::from_u128(presider),
                name: "郑示例".to_owned(),
            },
        },
        earliest: day("2026-12-10"),
        last: day("2026-12-17"),
    }
}

#[test]
fn the_right_is_told_to_persons_who_can_be_reached() {
    let none = case(None);
    let good = vec![person("李示例", "13800000000")];
    assert_eq!(
        step(&none, tell(good.clone()), "2026-11-24"),
        Ok(EventKind::HearingRightTold)
    );
    let wrong = [
        vec![],
        vec![person(" ", "1")],
        vec![person("李示例", " ")],
        vec![person(&"长".repeat(201), "1")],
        vec![person("李示例", "1"); 51],
    ];
    for persons in wrong {
        assert_eq!(
            step(&none, tell(persons), "2026-11-24"),
            Err(Error::InterestedPersonsWrong { most: 50 })
        );
    }
    for stage in [HearingStage::Asked, HearingStage::Called] {
        let wanted = case(Some(hearing(stage)));
        assert_eq!(
            step(&wanted, tell(good.clone()), "2026-12-01"),
            Err(Error::HearingOpen)
        );
    }
    // While the days last others can be told; what is over does not stand in the way either.
    for stage in [HearingStage::Told, HearingStage::Held, HearingStage::Waived] {
        let again = case(Some(hearing(stage)));
        assert!(step(&again, tell(good.clone()), "2026-11-25").is_ok());
    }
}

#[test]
fn the_day_of_the_telling_lies_behind_the_acceptance_and_leaves_days() {
    let none = case(None);
    let good = || vec![person("李示例", "13800000000")];
    assert!(step(&none, tell_on("2026-11-23", good()), "2026-11-24").is_ok());
    for wrong in ["2026-11-22", "2026-11-25"] {
        assert_eq!(
            step(&none, tell_on(wrong, good()), "2026-11-24"),
            Err(Error::HearingDayWrong {
                first: "2026-11-23".to_owned(),
                last: "2026-11-24".to_owned()
            })
        );
    }
    assert!(step(&none, tell_on("2026-11-24", good()), "2026-12-01").is_ok());
    assert_eq!(
        step(&none, tell_on("2026-11-24", good()), "2026-12-02"),
        Err(Error::HearingToldLate {
            until: "2026-12-01".to_owned()
        })
    );
}

fn told(day: &str, ask_by: &str, names: &[&str]) -> (EventKind, DateTime<Utc>, EventDetail) {
    let mut detail = EventDetail::default();
    let step = HearingStep::Tell {
        persons: names.iter().map(|name| person(name, "1")).collect(),
        on: self::day(day),
        ask_by: self::day(ask_by),
        accepted_on: self::day(day),
    };
    (step.event(&mut detail), at(day), detail)
}

fn happened(day: &str, step: &HearingStep) -> (EventKind, DateTime<Utc>, EventDetail) {
    let mut detail = EventDetail::default();
    (step.event(&mut detail), at(day), detail)
}

fn folded(events: &[(EventKind, DateTime<Utc>, EventDetail)]) -> Hearing<'_> {
    fold(events.iter().map(|(kind, at, detail)| (*kind, *at, detail))).unwrap()
}

#[test]
fn told_anew_nobody_is_forgotten_and_nobody_loses_a_day() {
    let events = [told("2026-11-24", "2026-12-01", &["李示例"])];
    let before = folded(&events);
    let names = |on: &str, ask_by: &str| {
        let more = vec![person("王示例", "1")];
        let (persons, until) = told_anew(Some(&before), more, day(ask_by), at(on));
        let names: Vec<String> = persons.into_iter().map(|one| one.name).collect();
        (names.join(" "), until.to_string())
    };
    let both = "李示例 王示例".to_owned();
    assert_eq!(
        names("2026-11-26", "2026-12-03"),
        (both.clone(), "2026-12-03".to_owned())
    );
    assert_eq!(
        names("2026-11-26", "2026-11-30"),
        (both, "2026-12-01".to_owned())
    );
    // Once the days are over others have days of their own.
    assert_eq!(
        names("2026-12-02", "2026-12-09"),
        ("王示例".to_owned(), "2026-12-09".to_owned())
    );
}

#[test]
fn it_is_asked_for_until_the_last_day_by_who_was_told() {
    let told = case(Some(hearing(HearingStage::Told)));
    for person in [None, Some(0), Some(1)] {
        assert_eq!(
            step(&told, ask(person, "2026-12-01"), "2026-12-01"),
            Ok(EventKind::HearingAsked)
        );
    }
    assert_eq!(
        step(&told, ask(Some(2), "2026-12-01"), "2026-12-01"),
        Err(Error::NotAnInterestedPerson)
    );
    // Posted on the last day, it is in time whenever it arrives.
    assert!(step(&told, ask(None, "2026-12-01"), "2026-12-04").is_ok());
    assert_eq!(
        step(&told, ask(None, "2026-12-02"), "2026-12-02"),
        Err(Error::HearingAskedLate {
            until: "2026-12-01".to_owned()
        })
    );
    // Told before the last one was, he has asked before that day.
    assert!(step(&told, ask(None, "2026-11-23"), "2026-11-25").is_ok());
    for wrong in ["2026-11-22", "2026-11-26"] {
        assert!(matches!(
            step(&told, ask(None, wrong), "2026-11-25"),
            Err(Error::HearingDayWrong { .. })
        ));
    }
    let held = case(Some(hearing(HearingStage::Held)));
    for facts in [case(None), held] {
        assert_eq!(
            step(&facts, ask(None, "2026-11-25"), "2026-11-25"),
            Err(Error::NoHearingRight)
        );
    }
}

#[test]
fn each_asks_for_himself_and_takes_back_his_own() {
    let asked = |stage| {
        case(Some(HearingFacts {
            asked: vec![Some(0)],
            ..hearing(stage)
        }))
    };
    for stage in [HearingStage::Asked, HearingStage::Called] {
        let wanted = asked(stage);
        assert!(step(&wanted, ask(Some(1), "2026-11-26"), "2026-11-26").is_ok());
        assert_eq!(
            step(&wanted, ask(Some(0), "2026-11-26"), "2026-11-26"),
            Err(Error::HearingAskedBefore)
        );
        let back = |person| HearingStep::TakeBack {
            person,
            hold_by: None,
        };
        assert!(step(&wanted, back(Some(0)), "2026-11-26").is_ok());
        assert_eq!(
            step(&wanted, back(Some(1)), "2026-11-26"),
            Err(Error::NotAnAsker)
        );
    }
}

#[test]
fn who_takes_back_his_request_leaves_the_others_their_right() {
    let back = |person, hold_by| HearingStep::TakeBack { person, hold_by };
    let mut events = vec![
        told("2026-11-24", "2026-12-01", &["李示例", "王示例"]),
        happened("2026-11-25", &ask(Some(0), "2026-11-24")),
    ];
    let first = folded(&events);
    assert_eq!(first.asked[0].on, day("2026-11-24"));
    assert_eq!(first.asked[0].at, at("2026-11-25"));
    assert_eq!(first.hold_by_without(Some(0)), None);
    events.push(happened("2026-11-26", &back(Some(0), None)));
    let facts = HearingFacts::from(&folded(&events));
    assert_eq!((facts.stage, facts.hold_by), (HearingStage::Told, None));
    assert!(facts.can_be_asked(at("2026-12-01")), "the others can ask");

    let other = HearingStep::Ask {
        person: Some(1),
        on: day("2026-11-27"),
        hold_by: day("2026-12-25"),
        accepted_on: day("2026-11-23"),
    };
    events.push(happened("2026-11-27", &other));
    events.push(happened("2026-11-28", &ask(None, "2026-11-28")));
    let both = folded(&events);
    assert_eq!(both.hold_by(), Some(day("2026-12-25")), "the first counts");
    assert_eq!(both.hold_by_without(Some(1)), Some(day("2026-12-29")));
    events.push(happened(
        "2026-11-30",
        &back(Some(1), Some(day("2026-12-29"))),
    ));
    let left = HearingFacts::from(&folded(&events));
    assert_eq!((left.stage, left.asked), (HearingStage::Asked, vec![None]));
    events.push(happened("2026-11-30", &HearingStep::Waive));
    assert_eq!(folded(&events).stage, HearingStage::Waived);
    // Before one could take back his own alone, it was over with any retreat.
    let (.., detail) = events.last_mut().unwrap();
    detail.hearing = None;
    assert_eq!(folded(&events).stage, HearingStage::Waived);
}

#[test]
fn it_is_called_in_time_before_somebody_who_did_not_examine() {
    let asked = Facts {
        examiners: &[Uuid::from_u128(7)],
        handler: Some(Uuid::from_u128(8)),
        ..case(Some(hearing(HearingStage::Asked)))
    };
    assert_eq!(
        step(&asked, call("2026-12-10", 9), "2026-12-01"),
        Ok(EventKind::HearingCalled)
    );
    assert!(step(&asked, call("2026-12-29", 9), "2026-12-01").is_ok());
    assert!(matches!(
        step(&asked, call("2026-12-09", 9), "2026-12-01"),
        Err(Error::HearingNoticeShort { .. })
    ));
    assert!(matches!(
        step(&asked, call("2026-12-30", 9), "2026-12-01"),
        Err(Error::HearingTooLate { .. })
    ));
    for involved in [7, 8] {
        assert_eq!(
            step(&asked, call("2026-12-10", involved), "2026-12-01"),
            Err(Error::PresiderExamined)
        );
    }
    // Put off: told again, with the same notice.
    let called = case(Some(hearing(HearingStage::Called)));
    assert!(step(&called, call("2026-12-11", 9), "2026-12-01").is_ok());
    assert_eq!(
        step(
            &case(Some(hearing(HearingStage::Told))),
            call("2026-12-10", 9),
            "2026-12-01"
        ),
        Err(Error::NoHearingAsked)
    );
    // The office is late for both: the notice is given all the same.
    let late = case(Some(HearingFacts {
        hold_by: Some(day("2026-12-03")),
        ..hearing(HearingStage::Asked)
    }));
    for fits in ["2026-12-10", "2026-12-17"] {
        assert!(step(&late, call(fits, 9), "2026-12-01").is_ok(), "{fits}");
    }
    assert_eq!(
        step(&late, call("2026-12-18", 9), "2026-12-01"),
        Err(Error::HearingTooLate {
            latest: "2026-12-17".to_owned()
        })
    );
}

#[test]
fn who_examines_between_call_and_hearing_does_not_hold_it() {
    let hold = || HearingStep::Hold { files: Vec::new() };
    let called = |examiners, handler: Option<u128>| Facts {
        examiners,
        handler: handler.map(Uuid::from_u128),
        ..case(Some(HearingFacts {
            at: Some(at("2026-12-10")),
            presider: Some(Uuid::from_u128(9)),
            ..hearing(HearingStage::Called)
        }))
    };
    let (others, him) = ([Uuid::from_u128(7)], [Uuid::from_u128(9)]);
    assert!(step(&called(&others, Some(7)), hold(), "2026-12-10").is_ok());
    for facts in [called(&him, None), called(&others, Some(9))] {
        assert_eq!(
            step(&facts, hold(), "2026-12-10"),
            Err(Error::PresiderExaminedSince)
        );
        assert!(
            step(&facts, call("2026-12-21", 8), "2026-12-10").is_ok(),
            "before somebody else"
        );
    }
}

#[test]
fn it_is_held_when_its_moment_has_come() {
    let hold = || HearingStep::Hold { files: Vec::new() };
    let called = case(Some(HearingFacts {
        at: Some(at("2026-12-10")),
        ..hearing(HearingStage::Called)
    }));
    assert!(matches!(
        step(&called, hold(), "2026-12-09"),
        Err(Error::HearingAhead { .. })
    ));
    assert_eq!(
        step(&called, hold(), "2026-12-10"),
        Ok(EventKind::HearingHeld)
    );
    assert_eq!(
        step(
            &case(Some(hearing(HearingStage::Asked))),
            hold(),
            "2026-12-10"
        ),
        Err(Error::HearingNotCalled)
    );
}

#[test]
fn no_decision_before_all_who_may_ask_are_heard() {
    let decide = Command::Decide {
        ruling: Ruling::Denied,
        reason: "理由".to_owned(),
    };
    let try_on = |hearing: Option<HearingFacts>, on: &str| {
        let roles = ["head".to_owned()];
        let around = Surroundings {
            roles: &roles,
            ..Surroundings::platform(at(on))
        };
        apply(&case(hearing), &decide, around).map(|outcome| outcome.state)
    };
    assert_eq!(try_on(None, "2026-12-01"), Ok(State::Decided));
    let told = Some(hearing(HearingStage::Told));
    assert_eq!(
        try_on(told.clone(), "2026-12-01"),
        Err(Error::HearingRightRuns {
            until: "2026-12-01".to_owned()
        })
    );
    assert_eq!(try_on(told, "2026-12-02"), Ok(State::Decided));
    for stage in [HearingStage::Asked, HearingStage::Called] {
        assert_eq!(
            try_on(Some(hearing(stage)), "2026-12-31"),
            Err(Error::HearingNotHeld)
        );
    }
    for stage in [HearingStage::Held, HearingStage::Waived] {
        assert_eq!(
            try_on(Some(hearing(stage)), "2026-11-25"),
            Ok(State::Decided)
        );
    }
}

#[test]
fn nothing_is_reported_up_past_a_hearing() {
    let up = Command::Divert(Diversion {
        way: Way::ReportUp {
            organ: "市局".to_owned(),
        },
        reason: "初审同意".to_owned(),
    });
    let roles = ["head".to_owned()];
    let around = Surroundings {
        roles: &roles,
        ..Surroundings::platform(at("2026-11-25"))
    };
    let try_in = |stage| apply(&case(Some(hearing(stage))), &up, around).map(|one| one.state);
    assert!(matches!(
        try_in(HearingStage::Told),
        Err(Error::HearingRightRuns { .. })
    ));
    assert_eq!(try_in(HearingStage::Asked), Err(Error::HearingNotHeld));
    assert_eq!(try_in(HearingStage::Held), Ok(State::ReportedUp));
}

#[test]
fn examiners_are_those_of_the_steps_and_those_they_stood_for() {
    let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
    let own = EventDetail::default();
    let deputy = EventDetail {
        stood_for: vec![three],
        ..EventDetail::default()
    };
    let events = [
        (EventKind::Accepted, two, &own),
        (EventKind::StepCompleted, one, &own),
        (EventKind::StepReturned, one, &deputy),
    ];
    assert_eq!(examiners(events.into_iter()), [one, three]);
}
