//! Every state × every command, and the guards one by one.

mod diversion;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tb_calendar::Term;
use tb_contract::item::{ProcedureKind, SpecialProcedure, Step};

use super::{Facts, Outcome, Surroundings, apply};
use crate::error::Error;
use crate::model::command::{Command, Correction};
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventKind, Listed, office_day};
use crate::model::state::{
    DeliveryWay, PaperKind, RefusalKind, Ruling, State, StepOutcome, SuspensionGround,
    TerminationGround,
};
use crate::model::transition::{Runs, TABLE};
use crate::model::verb::Verb;
use crate::model::words::Word;

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
    };
    vec![step("check", "clerk"), step("review", "head")]
}

fn facts(state: State, steps: &[Step]) -> Facts<'_> {
    Facts {
        state,
        steps,
        step: 0,
        instant: false,
        withdrawal_pending: false,
        notices: &[],
        missing: &[],
        procedures: &[],
        extended: false,
        legal_until: None,
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

/// A command that only the state can refuse; none for verbs that do not run.
fn sample(verb: Verb) -> Option<Command> {
    let words = || "理由".to_owned();
    Some(match verb {
        Verb::Submit => Command::Submit { at: now() },
        Verb::ReturnForReview => Command::ReturnForReview {
            listed: listed(&["/name"], &[]),
            reason: words(),
        },
        Verb::Resubmit => Command::Resubmit(Correction::default()),
        Verb::Receive => Command::Receive { at: now() },
        Verb::RequestCorrection => Command::RequestCorrection {
            listed: listed(&[], &["photo"]),
            reason: words(),
        },
        Verb::Correct => Command::Correct(Correction::default()),
        Verb::Accept => Command::Accept,
        Verb::DeemAccepted => Command::DeemAccepted {
            receipt: now(),
            until: Some(now()),
        },
        Verb::Refuse => Command::Refuse {
            kind: RefusalKind::Refused,
            reason: words(),
        },
        Verb::Step => Command::Step {
            outcome: StepOutcome::Pass,
            opinion: words(),
        },
        Verb::Decide => Command::Decide {
            ruling: Ruling::Granted,
            reason: words(),
        },
        Verb::Close => Command::Close,
        Verb::Deliver => Command::Deliver {
            way: DeliveryWay::Online,
        },
        Verb::StartSpecialProcedure => diverted(review(today())),
        Verb::EndSpecialProcedure => diverted(Way::EndSpecialProcedure),
        Verb::Extend => diverted(Way::Extend { length: 10 }),
        Verb::Suspend => diverted(Way::Suspend {
            ground: SuspensionGround::Court,
            basis: words(),
        }),
        Verb::Resume => diverted(Way::Resume),
        Verb::Terminate => diverted(Way::Terminate {
            ground: TerminationGround::ObjectGone,
        }),
        Verb::ReportUp => diverted(Way::ReportUp { organ: words() }),
        Verb::Transfer => diverted(Way::Transfer { organ: words() }),
        Verb::AskWithdrawal => Command::AskWithdrawal { reason: words() },
        Verb::AnswerWithdrawal => Command::AnswerWithdrawal {
            granted: true,
            reason: words(),
        },
        _ => return None,
    })
}

/// What the design allows, written down once more by hand: state, command, state after it.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("draft", "submit", "submitted"),
    ("submitted", "return_for_review", "pre_review_returned"),
    ("submitted", "receive", "received"),
    ("submitted", "deem_accepted", "examining"),
    ("submitted", "refuse", "refused"),
    ("submitted", "ask_withdrawal", "submitted"),
    ("submitted", "answer_withdrawal", "withdrawn"),
    ("pre_review_returned", "resubmit", "submitted"),
    (
        "pre_review_returned",
        "ask_withdrawal",
        "pre_review_returned",
    ),
    ("pre_review_returned", "answer_withdrawal", "withdrawn"),
    ("awaiting_originals", "ask_withdrawal", "awaiting_originals"),
    ("awaiting_originals", "answer_withdrawal", "withdrawn"),
    ("received", "request_correction", "correcting"),
    ("received", "accept", "examining"),
    ("received", "deem_accepted", "examining"),
    ("received", "refuse", "refused"),
    ("submitted", "transfer", "transferred"),
    ("received", "transfer", "transferred"),
    ("accepted", "terminate", "terminated"),
    ("examining", "terminate", "terminated"),
    ("special_procedure", "terminate", "terminated"),
    ("suspended", "terminate", "terminated"),
    ("examining", "start_special_procedure", "special_procedure"),
    ("special_procedure", "end_special_procedure", "examining"),
    ("examining", "extend", "examining"),
    ("examining", "suspend", "suspended"),
    ("suspended", "resume", "examining"),
    ("examining", "report_up", "reported_up"),
    ("received", "ask_withdrawal", "received"),
    ("received", "answer_withdrawal", "withdrawn"),
    ("correcting", "correct", "received"),
    ("correcting", "ask_withdrawal", "correcting"),
    ("correcting", "answer_withdrawal", "withdrawn"),
    ("accepted", "decide", "decided"),
    ("accepted", "ask_withdrawal", "accepted"),
    ("accepted", "answer_withdrawal", "withdrawn"),
    ("examining", "step", "examining"),
    ("examining", "decide", "decided"),
    ("examining", "ask_withdrawal", "examining"),
    ("examining", "answer_withdrawal", "withdrawn"),
    ("special_procedure", "ask_withdrawal", "special_procedure"),
    ("special_procedure", "answer_withdrawal", "withdrawn"),
    ("suspended", "ask_withdrawal", "suspended"),
    ("suspended", "answer_withdrawal", "withdrawn"),
    ("decided", "close", "closed"),
    ("closed", "deliver", "delivered"),
];

#[test]
fn every_state_takes_exactly_the_commands_it_may() {
    let (steps, procedures) = (steps(), procedures());
    for state in State::ALL {
        for verb in Verb::ALL {
            let Some(command) = sample(*verb) else {
                let rows = || TABLE.iter().filter(|row| row.verb == *verb);
                let waits = |runs: Runs| runs != Runs::Now;
                assert!(
                    *verb == Verb::Begin
                        || (rows().count() > 0 && rows().all(|row| waits(row.runs))),
                    "{verb}"
                );
                continue;
            };
            let mut case = facts(*state, &steps);
            // The facts that make the guards of these commands hold.
            case.step = if matches!(verb, Verb::Decide | Verb::ReportUp) {
                steps.len()
            } else {
                0
            };
            case.procedures = &procedures;
            case.legal_until = Some(now() + Duration::days(1));
            case.withdrawal_pending = *verb == Verb::AnswerWithdrawal;
            let expected = ALLOWED
                .iter()
                .find(|(from, what, _)| (*from, *what) == (state.as_str(), verb.as_str()));
            match (with(&case, command, &["clerk", "head"]), expected) {
                (Ok(outcome), Some((_, _, to))) => check(&outcome, *state, to, *verb),
                (Err(Error::WrongState { state: said, .. }), None) => {
                    assert_eq!(said, state.as_str());
                }
                (got, expected) => panic!("{state} × {verb}: {got:?}, expected {expected:?}"),
            }
        }
    }
}

/// An unbroken chain of events from the state before to the state after.
fn check(outcome: &Outcome, from: State, to: &str, verb: Verb) {
    assert_eq!(outcome.state.as_str(), to, "{from} × {verb}");
    assert_eq!(outcome.events.first().unwrap().from, from);
    assert_eq!(outcome.events.last().unwrap().to, outcome.state);
    for pair in outcome.events.windows(2) {
        assert_eq!(pair[0].to, pair[1].from);
    }
}

#[test]
fn the_table_is_complete() {
    let wanted = [
        "1", "2", "2a", "3", "4", "5", "6", "7", "7a", "8", "9", "10", "11", "12", "13", "14",
        "15", "16", "17", "18", "18b", "18c", "20", "21", "22", "24", "25", "26", "27", "28",
    ];
    for number in wanted {
        assert!(TABLE.iter().any(|row| row.number == number), "row {number}");
    }
    assert!(TABLE.iter().all(|row| wanted.contains(&row.number)));
    let run_now = [
        "1", "2", "2a", "3", "4", "5", "7", "7a", "8", "9", "10", "11", "12", "14", "15", "16",
        "21", "22", "25", "27",
    ];
    for row in TABLE {
        assert_eq!(
            row.runs == Runs::Now,
            run_now.contains(&row.number),
            "row {}",
            row.number
        );
        if let Runs::Later(reason) = row.runs {
            assert!(reason.len() > 10, "row {} says why it waits", row.number);
        }
    }
    assert!(
        Verb::ALL
            .iter()
            .all(|verb| TABLE.iter().any(|row| row.verb == *verb))
    );
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
