//! The check of a promise: how far it has come, and what may be done about it.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tb_kernel::office_time;
use uuid::Uuid;

use super::{Check, CheckStage, CommitmentKind, Undertaking, fold};
use crate::error::Error;
use crate::model::apply::{Facts, Surroundings, apply};
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventDetail, EventKind};
use crate::model::state::{Ruling, State};

fn noon() -> DateTime<Utc> {
    "2026-11-24T04:00:00Z".parse().unwrap()
}

fn today() -> NaiveDate {
    office_time::day(noon())
}

fn accepted() -> EventDetail {
    EventDetail {
        commitment: Some(Undertaking {
            kind: CommitmentKind::Whole,
            materials: Vec::new(),
            signer: "某".to_owned(),
            signed_at: noon(),
            told: String::new(),
            promised: String::new(),
        }),
        ..EventDetail::default()
    }
}

fn decided(ruling: Ruling) -> EventDetail {
    EventDetail {
        ruling: Some(ruling),
        ..EventDetail::default()
    }
}

fn until(days: i64) -> EventDetail {
    EventDetail {
        until: Some(today() + Duration::days(days)),
        ..EventDetail::default()
    }
}

fn folded(events: &[(EventKind, EventDetail)]) -> Option<Check> {
    fold(
        events
            .iter()
            .map(|(kind, detail)| (*kind, Uuid::from_u128(7), detail)),
    )
}

#[test]
fn only_what_was_granted_on_a_promise_is_checked() {
    let promise = (EventKind::Accepted, accepted());
    let plain = (EventKind::Accepted, EventDetail::default());
    let granted = (EventKind::Decided, decided(Ruling::Granted));
    let denied = (EventKind::Decided, decided(Ruling::Denied));
    assert_eq!(folded(std::slice::from_ref(&promise)), None);
    assert_eq!(folded(&[plain, granted.clone()]), None);
    assert_eq!(folded(&[promise.clone(), denied]), None);
    let due = folded(&[promise.clone(), granted.clone()]).unwrap();
    assert_eq!((due.stage, due.until), (CheckStage::Due, None));

    let mut events = vec![promise, granted];
    events.push((EventKind::RectificationOrdered, until(9)));
    let mending = folded(&events).unwrap();
    assert_eq!(mending.stage, CheckStage::Rectifying);
    let end = office_time::start_of_day(today() + Duration::days(10));
    assert_eq!(mending.until, Some(end));
    events.push((EventKind::RevocationProposed, until(5)));
    let hearing = folded(&events).unwrap();
    assert_eq!(hearing.stage, CheckStage::Hearing);
    assert_eq!(hearing.proposer, Some(Uuid::from_u128(7)));
    assert!(!hearing.answered);
    events.push((EventKind::StatementMade, EventDetail::default()));
    assert!(folded(&events).unwrap().answered);
    let mut kept = events.clone();
    kept.push((EventKind::DecisionKept, EventDetail::default()));
    assert_eq!(folded(&kept).unwrap().stage, CheckStage::Done);
    events.push((EventKind::DecisionRevoked, until(400)));
    assert_eq!(folded(&events).unwrap().stage, CheckStage::Revoked);
}

fn given(check: Option<Check>, way: Way, actor: u128) -> Result<(), Error> {
    let facts = Facts {
        check,
        decided: true,
        ..Facts::blank(State::Delivered)
    };
    let roles = ["clerk".to_owned(), "head".to_owned()];
    let around = Surroundings {
        now: noon(),
        roles: &roles,
        actor: Uuid::from_u128(actor),
        deputy_of: &[],
        acting_for: None,
    };
    let diversion = Diversion {
        way,
        reason: "经查不符".to_owned(),
    };
    apply(&facts, &Command::Divert(diversion), around).map(|_| ())
}

fn at(stage: CheckStage) -> Check {
    Check {
        stage,
        until: Some(noon() + Duration::hours(1)),
        proposer: Some(Uuid::from_u128(1)),
        answered: false,
    }
}

#[test]
fn nobody_is_revoked_unheard_by_one_person_or_without_an_end() {
    let revoke = |days| Way::RevokeDecision {
        bar_until: today() + Duration::days(days),
    };
    let hearing = Some(at(CheckStage::Hearing));
    assert_eq!(
        given(hearing, revoke(30), 1),
        Err(Error::SecondPersonRevokes)
    );
    assert_eq!(given(hearing, revoke(30), 2), Err(Error::HolderNotHeard));
    let heard = hearing.map(|check| Check {
        answered: true,
        ..check
    });
    assert_eq!(given(heard, revoke(30), 2), Ok(()));
    assert_eq!(given(heard, revoke(30), 1), Err(Error::SecondPersonRevokes));
    assert_eq!(
        given(heard, revoke(0), 2),
        Err(Error::BarTimeWrong { most: 60 })
    );
    assert_eq!(
        given(heard, revoke(1900), 2),
        Err(Error::BarTimeWrong { most: 60 })
    );
    let silent = hearing.map(|check| Check {
        until: Some(noon()),
        ..check
    });
    assert_eq!(given(silent, revoke(30), 2), Ok(()), "his days are over");
    assert_eq!(
        given(Some(at(CheckStage::Due)), revoke(30), 2),
        Err(Error::NoRevocationProposed)
    );
    assert_eq!(given(None, revoke(30), 2), Err(Error::NoCommitment));
}

#[test]
fn a_check_says_how_and_gives_time() {
    let propose = |days| Way::ProposeRevocation {
        basis: "某规定".to_owned(),
        answer_until: today() + Duration::days(days),
    };
    let due = Some(at(CheckStage::Due));
    let wrong = Error::AnswerTimeWrong { least: 5, most: 60 };
    assert_eq!(given(due, propose(4), 1), Err(wrong.clone()));
    assert_eq!(given(due, propose(61), 1), Err(wrong));
    assert_eq!(given(due, propose(5), 1), Ok(()));
    assert_eq!(
        given(Some(at(CheckStage::Rectifying)), propose(60), 1),
        Ok(())
    );
    assert_eq!(
        given(Some(at(CheckStage::Hearing)), propose(9), 1),
        Err(Error::CheckNotOpen)
    );
    let unsaid = Way::CheckCommitment {
        method: " ".to_owned(),
    };
    assert_eq!(given(due, unsaid, 1), Err(Error::MethodMissing));
    let mend = |days| Way::OrderRectification {
        method: "现场核查".to_owned(),
        mend_by: today() + Duration::days(days),
    };
    assert_eq!(given(due, mend(0), 1), Err(Error::MendByAstray));
    assert_eq!(given(due, mend(400), 1), Err(Error::MendByAstray));
    assert_eq!(given(due, mend(30), 1), Ok(()));
    assert_eq!(
        given(Some(at(CheckStage::Done)), mend(30), 1),
        Err(Error::CheckNotOpen)
    );
}
