//! The rules of hearings, one by one.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

use super::{HearingFacts, HearingStage, HearingStep, Interested, Session, examiners};
use crate::error::Error;
use crate::model::apply::{Facts, Surroundings, apply};
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventKind, StaffRef};
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
        hold_by: Some(day("2026-12-29")),
        at: None,
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
    HearingStep::Tell {
        persons,
        ask_by: day("2026-12-01"),
    }
}

fn ask(person: Option<usize>) -> HearingStep {
    HearingStep::Ask {
        person,
        hold_by: day("2026-12-29"),
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
    for stage in [
        HearingStage::Told,
        HearingStage::Asked,
        HearingStage::Called,
    ] {
        assert_eq!(
            step(
                &case(Some(hearing(stage))),
                tell(good.clone()),
                "2026-12-01"
            ),
            Err(Error::HearingOpen)
        );
    }
    // What nobody wanted, or is over, does not stand in the way of telling others.
    let over = case(Some(hearing(HearingStage::Told)));
    assert!(step(&over, tell(good.clone()), "2026-12-02").is_ok());
    for stage in [HearingStage::Held, HearingStage::Waived] {
        assert!(
            step(
                &case(Some(hearing(stage))),
                tell(good.clone()),
                "2026-11-25"
            )
            .is_ok()
        );
    }
}

#[test]
fn it_is_asked_for_until_the_last_day_by_who_was_told() {
    let told = case(Some(hearing(HearingStage::Told)));
    for person in [None, Some(0), Some(1)] {
        assert_eq!(
            step(&told, ask(person), "2026-12-01"),
            Ok(EventKind::HearingAsked)
        );
    }
    assert_eq!(
        step(&told, ask(Some(2)), "2026-12-01"),
        Err(Error::NotAnInterestedPerson)
    );
    assert_eq!(
        step(&told, ask(None), "2026-12-02"),
        Err(Error::HearingAskedLate {
            until: "2026-12-01".to_owned()
        })
    );
    for facts in [case(None), case(Some(hearing(HearingStage::Asked)))] {
        assert_eq!(
            step(&facts, ask(None), "2026-11-25"),
            Err(Error::NoHearingRight)
        );
    }
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
    assert!(step(&late, call("2026-12-10", 9), "2026-12-01").is_ok());
    assert!(step(&late, call("2026-12-11", 9), "2026-12-01").is_err());
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
        try_on(told, "2026-12-01"),
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
fn examiners_are_those_of_the_steps() {
    let [one, two] = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let events = [
        (EventKind::Accepted, two),
        (EventKind::StepCompleted, one),
        (EventKind::StepReturned, one),
    ];
    assert_eq!(examiners(events.into_iter()), [one]);
}
