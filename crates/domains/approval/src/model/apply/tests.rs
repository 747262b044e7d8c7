//! The guards one by one, and what the tests of the table share.

mod allowed;
mod diversion;
mod table;

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::Term;
use tb_contract::item::{ProcedureKind, SpecialProcedure, Step};
use uuid::Uuid;

use super::{Facts, Outcome, Surroundings, apply};
use crate::error::Error;
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventKind, Listed, office_day};
use crate::model::state::{PaperKind, Ruling, State, StepOutcome};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn steps() -> Vec<Step> {
    let step = |id: &str, post: &str| Step {
        id: id.to_owned(),
        name: format!("步骤{id}"),
        post: post.to_owned(),
        term: Term::working_days(2),
        standard: String::new(),
        result: String::new(),
    };
    vec![step("check", "clerk"), step("review", "head")]
}

fn facts(state: State, steps: &[Step]) -> Facts<'_> {
    Facts {
        steps,
        ..Facts::blank(state)
    }
}

fn listed(fields: &[&str], materials: &[&str]) -> Listed {
    let own = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    Listed {
        fields: own(fields),
        materials: own(materials),
    }
}

fn with(case: &Facts<'_>, command: Command, roles: &[&str]) -> Result<Outcome, Error> {
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    apply(
        case,
        &command,
        Surroundings {
            now: now(),
            roles: &roles,
            actor: Uuid::from_u128(1),
            deputy_of: &[],
            acting_for: None,
        },
    )
}

fn diverted(way: Way) -> Command {
    Command::Divert(Diversion {
        way,
        reason: "理由".to_owned(),
    })
}

fn today() -> NaiveDate {
    office_day(now())
}

fn review(planned_end: NaiveDate) -> Way {
    Way::StartSpecialProcedure {
        kind: ProcedureKind::ExpertReview,
        planned_end,
    }
}

fn procedures() -> Vec<SpecialProcedure> {
    vec![SpecialProcedure {
        kind: ProcedureKind::ExpertReview,
        name: "选址专家评审".to_owned(),
        term: Term::working_days(10),
        basis: String::new(),
    }]
}

#[test]
fn acceptance_enters_the_first_step_and_an_instant_item_waits_for_its_decision() {
    let steps = steps();
    let outcome = with(&facts(State::Received, &steps), Command::Accept, &["clerk"]).unwrap();
    let kinds: Vec<EventKind> = outcome.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::Accepted, EventKind::Begun]);
    assert_eq!(
        (outcome.paper, outcome.says),
        (Some(PaperKind::AcceptanceReceipt), "approval.case.accepted")
    );
    let mut instant = facts(State::Received, &[]);
    instant.instant = true;
    let outcome = with(&instant, Command::Accept, &["clerk"]).unwrap();
    assert_eq!((outcome.state, outcome.events.len()), (State::Accepted, 1));
    instant.state = State::Accepted;
    let granted = Command::Decide {
        ruling: Ruling::Granted,
        reason: String::new(),
    };
    assert_eq!(
        with(&instant, granted.clone(), &["clerk"]).unwrap().state,
        State::Decided
    );
    instant.instant = false;
    assert_eq!(with(&instant, granted, &["clerk"]), Err(Error::HeadDecides));
}

#[test]
fn materials_must_be_there_before_acceptance() {
    let missing = ["居民身份证".to_owned(), "照片".to_owned()];
    let case = Facts {
        missing: &missing,
        ..facts(State::Received, &[])
    };
    let names = "居民身份证、照片".to_owned();
    assert_eq!(
        with(&case, Command::Accept, &["clerk"]),
        Err(Error::MaterialsMissing { names })
    );
}

#[test]
fn steps_belong_to_their_post_and_go_back_one() {
    let steps = steps();
    let pass = || Command::Step {
        outcome: StepOutcome::Pass,
        opinion: String::new(),
    };
    let back = || Command::Step {
        outcome: StepOutcome::Return,
        opinion: "再核对".to_owned(),
    };
    let mut case = facts(State::Examining, &steps);
    assert!(matches!(
        with(&case, pass(), &["head"]),
        Err(Error::WrongPost { .. })
    ));
    assert_eq!(
        with(&case, back(), &["clerk"]).unwrap().step,
        0,
        "the first stays"
    );
    assert_eq!(with(&case, pass(), &["clerk"]).unwrap().step, 1);
    case.step = 1;
    assert!(matches!(
        with(&case, pass(), &["clerk"]),
        Err(Error::WrongPost { .. })
    ));
    let returned = with(&case, back(), &["head"]).unwrap();
    assert_eq!(
        (returned.step, returned.says),
        (0, "approval.case.step_returned")
    );
    assert_eq!(returned.events[0].detail.entered_step, Some(0));
    assert_eq!(with(&case, pass(), &["head"]).unwrap().step, 2);
    case.step = 2;
    assert_eq!(with(&case, pass(), &["head"]), Err(Error::NoStepOpen));
    assert_eq!(with(&case, back(), &["clerk"]), Err(Error::HeadDecides));
    assert_eq!(with(&case, back(), &["head"]).unwrap().step, 1);
}

#[test]
fn a_decision_needs_every_step_a_head_and_reasons_for_a_denial() {
    let steps = steps();
    let decide = |ruling, reason: &str| Command::Decide {
        ruling,
        reason: reason.to_owned(),
    };
    let mut case = facts(State::Examining, &steps);
    assert!(matches!(
        with(&case, decide(Ruling::Granted, ""), &["head"]),
        Err(Error::StepsOpen { .. })
    ));
    case.step = 2;
    assert_eq!(
        with(&case, decide(Ruling::Granted, ""), &["clerk"]),
        Err(Error::HeadDecides)
    );
    assert_eq!(
        with(&case, decide(Ruling::Denied, "  "), &["head"]),
        Err(Error::ReasonMissing)
    );
    assert_eq!(
        with(&case, decide(Ruling::Denied, "不符合条件"), &["head"])
            .unwrap()
            .state,
        State::Decided
    );
    case.withdrawal_pending = true;
    assert_eq!(
        with(&case, decide(Ruling::Granted, ""), &["head"]),
        Err(Error::WithdrawalPending)
    );
}

#[test]
fn there_is_one_notice_and_a_second_only_for_corrected_parts() {
    let ask = |listed, reason: &str| Command::RequestCorrection {
        listed,
        reason: reason.to_owned(),
    };
    let mut case = facts(State::Received, &[]);
    assert_eq!(
        with(&case, ask(Listed::default(), "x"), &["clerk"]),
        Err(Error::NothingListed)
    );
    let first = [listed(&["/family"], &["photo"])];
    case.notices = &first;
    let outside = ask(listed(&["/family/0/name", "/phone"], &["id_card"]), "x");
    let parts = "/phone、id_card".to_owned();
    assert_eq!(
        with(&case, outside, &["head"]),
        Err(Error::NotCorrectedBefore { parts })
    );
    let within = || listed(&["/family/0/name"], &["photo"]);
    assert_eq!(
        with(&case, ask(within(), "x"), &["clerk"]),
        Err(Error::SecondNoticeByHead)
    );
    assert_eq!(
        with(&case, ask(within(), " "), &["head"]),
        Err(Error::ReasonMissing)
    );
    assert_eq!(
        with(&case, ask(within(), "仍不清楚"), &["head"])
            .unwrap()
            .state,
        State::Correcting
    );
    let two = [listed(&["/family"], &[]), within()];
    case.notices = &two;
    assert_eq!(
        with(&case, ask(within(), "x"), &["head"]),
        Err(Error::NoticesUsedUp)
    );
}

#[test]
fn a_withdrawal_waits_for_its_answer_and_a_rejection_gives_reasons() {
    let answer = |granted, reason: &str| Command::AnswerWithdrawal {
        granted,
        reason: reason.to_owned(),
    };
    let mut case = facts(State::Examining, &[]);
    assert_eq!(
        with(&case, answer(true, ""), &["clerk"]),
        Err(Error::NoWithdrawal)
    );
    let asked = with(
        &case,
        Command::AskWithdrawal {
            reason: String::new(),
        },
        &[],
    )
    .unwrap();
    assert!(asked.withdrawal_pending);
    case.withdrawal_pending = true;
    assert_eq!(
        with(&case, answer(false, ""), &["clerk"]),
        Err(Error::ReasonMissing)
    );
    let rejected = with(&case, answer(false, "已进入制证"), &["clerk"]).unwrap();
    assert_eq!(
        (rejected.state, rejected.withdrawal_pending),
        (State::Examining, false)
    );
    let granted = with(&case, answer(true, ""), &["clerk"]).unwrap();
    assert_eq!(
        (granted.state, granted.withdrawal_pending),
        (State::Withdrawn, false)
    );
}

#[test]
fn nothing_is_deemed_accepted_before_its_term_is_over() {
    let case = facts(State::Received, &[]);
    let soon = now() + chrono::Duration::microseconds(1);
    for until in [None, Some(soon)] {
        let command = Command::DeemAccepted {
            receipt: now(),
            until,
        };
        assert_eq!(with(&case, command, &[]), Err(Error::AcceptanceTermRuns));
    }
}
