//! Every state × every command, and the table itself.

use chrono::Duration;
use tb_contract::events::DeliveryChoice;
use tb_contract::item::ResultDelivery;
use uuid::Uuid;

use super::allowed::ALLOWED;
use super::{diverted, facts, listed, now, procedures, review, steps, today, with};
use crate::error::Error;
use crate::model::apply::{ApplicantTerm, Original, Outcome};
use crate::model::command::{Command, Correction};
use crate::model::commitment::{Check, CheckStage};
use crate::model::deferral::{Debt, Promised};
use crate::model::delivery::{DeliveryFacts, Parcel, nobody};
use crate::model::diversion::Way;
use crate::model::event::StaffRef;
use crate::model::hearing::{HearingFacts, HearingStage, HearingStep, Interested, Session};
use crate::model::state::{
    DeliveryWay, RefusalKind, Ruling, State, StepOutcome, SuspensionGround, TerminationGround,
};
use crate::model::transition::{Runs, TABLE};
use crate::model::verb::Verb;
use crate::model::words::Word;

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
        Verb::PassPreReview => Command::PassPreReview,
        Verb::VerifyOriginals => Command::VerifyOriginals {
            materials: vec!["diploma".to_owned()],
            note: String::new(),
        },
        Verb::MissOriginals => Command::MissOriginals,
        Verb::LapseCorrection => Command::LapseCorrection,
        Verb::ProposeVoid => diverted(Way::ProposeVoid),
        Verb::Void => diverted(Way::Void),
        Verb::RejectVoid => diverted(Way::RejectVoid),
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
        Verb::ChooseDelivery | Verb::Dispatch | Verb::Deliver | Verb::ConfirmReceipt => {
            delivery_sample(verb)
        }
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
        Verb::SupplyDeferred => Command::SupplyDeferred {
            at: now(),
            materials: vec![promised()],
            remark: String::new(),
        },
        Verb::UrgeDeferred => Command::UrgeDeferred,
        Verb::HandOver => diverted(Way::HandOver { to: somebody() }),
        Verb::TakeBackParcel => diverted(Way::TakeBackParcel),
        Verb::ReturnUnsupplied => diverted(Way::ReturnUnsupplied),
        Verb::ReportUp | Verb::Transfer | Verb::HandleExternally => diverted(elsewhere(verb)),
        Verb::AskWithdrawal => Command::AskWithdrawal { reason: words() },
        Verb::AnswerWithdrawal => Command::AnswerWithdrawal {
            granted: true,
            reason: words(),
        },
        Verb::TellHearingRight
        | Verb::AskHearing
        | Verb::WaiveHearing
        | Verb::CallHearing
        | Verb::HoldHearing => diverted(Way::Hearing(hearing_sample(verb))),
        verb => return promise_sample(verb),
    })
}

/// The ways to another organ.
fn elsewhere(verb: Verb) -> Way {
    let organ = "某局".to_owned();
    match verb {
        Verb::ReportUp => Way::ReportUp { organ },
        Verb::Transfer => Way::Transfer { organ },
        _ => Way::HandleExternally {
            organ,
            number: "A-1".to_owned(),
        },
    }
}

/// The commands of a delivery: a parcel is under way, where that is needed.
fn delivery_sample(verb: Verb) -> Command {
    match verb {
        Verb::ChooseDelivery => Command::ChooseDelivery {
            at: now(),
            choice: DeliveryChoice {
                way: ResultDelivery::PickUp,
                address: None,
                chosen_at: now(),
            },
        },
        Verb::Dispatch => Command::Dispatch(Parcel {
            company: "邮政速递".to_owned(),
            tracking_number: "EM1".to_owned(),
        }),
        Verb::Deliver => Command::Deliver {
            way: DeliveryWay::PickUp,
            collector: Some(nobody()),
        },
        _ => Command::ConfirmReceipt { at: now() },
    }
}

/// How far the delivery has to have come for a command.
fn delivery_for(verb: Verb) -> DeliveryFacts<'static> {
    DeliveryFacts {
        offered: &[ResultDelivery::PickUp, ResultDelivery::Courier],
        chosen: Some(ResultDelivery::Courier),
        dispatched: matches!(verb, Verb::ConfirmReceipt | Verb::TakeBackParcel),
        unconfirmed: verb == Verb::ConfirmReceipt,
        at_counter: false,
    }
}

fn somebody() -> StaffRef {
    StaffRef {
        id: Uuid::from_u128(9),
        name: "某人".to_owned(),
    }
}

/// The steps of a hearing.
fn hearing_sample(verb: Verb) -> HearingStep {
    let words = || "某人".to_owned();
    match verb {
        Verb::TellHearingRight => HearingStep::Tell {
            persons: vec![Interested {
                name: words(),
                contact: words(),
                interest: String::new(),
            }],
            on: today(),
            ask_by: today(),
            accepted_on: today(),
        },
        Verb::AskHearing => HearingStep::Ask {
            person: Some(0),
            on: today(),
            hold_by: today(),
            accepted_on: today(),
        },
        Verb::CallHearing => HearingStep::Call {
            session: Session {
                at: now(),
                place: words(),
                presider: somebody(),
            },
            earliest: today(),
            last: today(),
        },
        Verb::HoldHearing => HearingStep::Hold { files: Vec::new() },
        _ => HearingStep::Waive,
    }
}

/// How far a hearing has to have come for a command.
fn hearing_for(verb: Verb) -> Option<HearingFacts> {
    let stage = match verb {
        Verb::AskHearing | Verb::WaiveHearing => HearingStage::Told,
        Verb::CallHearing => HearingStage::Asked,
        Verb::HoldHearing => HearingStage::Called,
        _ => return None,
    };
    Some(HearingFacts {
        stage,
        persons: 1,
        ask_by: today(),
        asked: Vec::new(),
        hold_by: Some(today()),
        at: Some(now()),
        presider: None,
    })
}

/// The commands of promises.
fn promise_sample(verb: Verb) -> Option<Command> {
    let words = || "理由".to_owned();
    Some(match verb {
        Verb::CheckCommitment => diverted(Way::CheckCommitment { method: words() }),
        Verb::OrderRectification => diverted(Way::OrderRectification {
            method: words(),
            mend_by: today() + Duration::days(1),
        }),
        Verb::ProposeRevocation => diverted(Way::ProposeRevocation {
            basis: words(),
            answer_until: today() + Duration::days(5),
        }),
        Verb::MakeStatement => Command::MakeStatement {
            at: now(),
            statement: words(),
        },
        Verb::RevokeDecision => diverted(Way::RevokeDecision {
            bar_until: today() + Duration::days(1),
        }),
        Verb::KeepDecision => diverted(Way::KeepDecision),
        _ => return None,
    })
}

#[test]
fn every_state_takes_exactly_the_commands_it_may() {
    let (steps, procedures) = (steps(), procedures());
    let originals = [Original {
        id: "diploma".to_owned(),
        name: "毕业证书".to_owned(),
    }];
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
            if *verb != Verb::Receive {
                case.originals = &originals;
            }
            let debts = debts(*verb);
            case.debts = &debts;
            case.applicant = ApplicantTerm {
                until: Some(now()),
                reminded_at: Some(now() - Duration::days(1)),
                lapses: true,
            };
            case.hearing = hearing_for(*verb);
            case.decided = true;
            case.elsewhere = true;
            case.check = Some(check_for(*verb));
            case.delivery = delivery_for(*verb);
            case.void_proposed_by = (*verb != Verb::ProposeVoid).then_some(Uuid::from_u128(2));
            case.legal.until = Some(now() + Duration::days(1));
            case.legal.in_days = true;
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

fn promised() -> Promised {
    Promised {
        id: "health".to_owned(),
        name: "健康体检证明".to_owned(),
        by: today() - Duration::days(1),
    }
}

/// What has to be owed for a command, or not.
fn debts(verb: Verb) -> Vec<Debt> {
    let debt = |urged_at| Debt {
        promised: promised(),
        urged_at,
    };
    match verb {
        Verb::Decide => Vec::new(),
        Verb::UrgeDeferred => vec![debt(None)],
        _ => vec![debt(Some(now() - Duration::days(1)))],
    }
}

/// How far the check of a promise has to have come for a command.
fn check_for(verb: Verb) -> Check {
    let heard = matches!(verb, Verb::RevokeDecision | Verb::KeepDecision);
    Check {
        stage: if heard || verb == Verb::MakeStatement {
            CheckStage::Hearing
        } else {
            CheckStage::Due
        },
        until: Some(now() + Duration::days(1)),
        proposer: Some(Uuid::from_u128(2)),
        answered: heard,
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
        "15", "16", "17", "18", "18b", "18c", "20", "21", "22", "23", "24", "25", "26", "27", "28",
    ];
    for number in wanted {
        assert!(TABLE.iter().any(|row| row.number == number), "row {number}");
    }
    assert!(TABLE.iter().all(|row| wanted.contains(&row.number)));
    let run_now = [
        "1", "2", "2a", "3", "4", "5", "6", "7", "7a", "8", "9", "10", "11", "12", "14", "15",
        "16", "17", "18", "18b", "18c", "20", "21", "22", "23", "24", "25", "26", "27", "28",
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
