//! Every state × every command, and the table itself.

use chrono::Duration;
use tb_contract::events::DeliveryChoice;
use tb_contract::item::ResultDelivery;
use uuid::Uuid;

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
        Verb::HandOver => diverted(Way::HandOver {
            to: StaffRef {
                id: Uuid::from_u128(9),
                name: words(),
            },
        }),
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
            ask_by: today(),
        },
        Verb::AskHearing => HearingStep::Ask {
            person: Some(0),
            hold_by: today(),
        },
        Verb::CallHearing => HearingStep::Call {
            session: Session {
                at: now(),
                place: words(),
                presider: StaffRef {
                    id: Uuid::from_u128(9),
                    name: words(),
                },
            },
            earliest: today(),
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
        hold_by: Some(today()),
        at: Some(now()),
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

/// What the design allows, written down once more by hand: state, command, state after it.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("draft", "submit", "submitted"),
    ("submitted", "choose_delivery", "submitted"),
    ("submitted", "return_for_review", "pre_review_returned"),
    ("submitted", "receive", "received"),
    ("submitted", "deem_accepted", "examining"),
    ("submitted", "refuse", "refused"),
    ("submitted", "ask_withdrawal", "submitted"),
    ("submitted", "answer_withdrawal", "withdrawn"),
    (
        "pre_review_returned",
        "choose_delivery",
        "pre_review_returned",
    ),
    ("pre_review_returned", "resubmit", "submitted"),
    (
        "pre_review_returned",
        "ask_withdrawal",
        "pre_review_returned",
    ),
    ("pre_review_returned", "answer_withdrawal", "withdrawn"),
    (
        "awaiting_originals",
        "choose_delivery",
        "awaiting_originals",
    ),
    ("awaiting_originals", "ask_withdrawal", "awaiting_originals"),
    ("awaiting_originals", "answer_withdrawal", "withdrawn"),
    ("received", "choose_delivery", "received"),
    ("received", "request_correction", "correcting"),
    ("received", "accept", "examining"),
    ("received", "deem_accepted", "examining"),
    ("received", "refuse", "refused"),
    ("submitted", "pass_pre_review", "awaiting_originals"),
    ("awaiting_originals", "verify_originals", "received"),
    ("awaiting_originals", "miss_originals", "returned"),
    ("correcting", "choose_delivery", "correcting"),
    ("correcting", "lapse_correction", "closed"),
    ("submitted", "propose_void", "submitted"),
    ("submitted", "void", "voided"),
    ("submitted", "reject_void", "submitted"),
    ("submitted", "hand_over", "submitted"),
    ("pre_review_returned", "propose_void", "pre_review_returned"),
    ("pre_review_returned", "void", "voided"),
    ("pre_review_returned", "reject_void", "pre_review_returned"),
    ("pre_review_returned", "hand_over", "pre_review_returned"),
    ("awaiting_originals", "propose_void", "awaiting_originals"),
    ("awaiting_originals", "void", "voided"),
    ("awaiting_originals", "reject_void", "awaiting_originals"),
    ("awaiting_originals", "hand_over", "awaiting_originals"),
    ("received", "propose_void", "received"),
    ("received", "void", "voided"),
    ("received", "reject_void", "received"),
    ("received", "hand_over", "received"),
    ("correcting", "propose_void", "correcting"),
    ("correcting", "void", "voided"),
    ("correcting", "reject_void", "correcting"),
    ("correcting", "hand_over", "correcting"),
    ("accepted", "choose_delivery", "accepted"),
    ("accepted", "propose_void", "accepted"),
    ("accepted", "void", "voided"),
    ("accepted", "reject_void", "accepted"),
    ("accepted", "hand_over", "accepted"),
    ("examining", "choose_delivery", "examining"),
    ("examining", "propose_void", "examining"),
    ("examining", "void", "voided"),
    ("examining", "reject_void", "examining"),
    ("examining", "hand_over", "examining"),
    ("examining", "tell_hearing_right", "examining"),
    ("examining", "ask_hearing", "examining"),
    ("examining", "waive_hearing", "examining"),
    ("examining", "call_hearing", "examining"),
    ("examining", "hold_hearing", "examining"),
    (
        "special_procedure",
        "tell_hearing_right",
        "special_procedure",
    ),
    ("special_procedure", "ask_hearing", "special_procedure"),
    ("special_procedure", "waive_hearing", "special_procedure"),
    ("special_procedure", "call_hearing", "special_procedure"),
    ("special_procedure", "hold_hearing", "special_procedure"),
    ("suspended", "tell_hearing_right", "suspended"),
    ("suspended", "ask_hearing", "suspended"),
    ("suspended", "waive_hearing", "suspended"),
    ("suspended", "call_hearing", "suspended"),
    ("suspended", "hold_hearing", "suspended"),
    ("examining", "handle_externally", "examining"),
    ("special_procedure", "choose_delivery", "special_procedure"),
    ("special_procedure", "propose_void", "special_procedure"),
    ("special_procedure", "void", "voided"),
    ("special_procedure", "reject_void", "special_procedure"),
    ("special_procedure", "hand_over", "special_procedure"),
    ("suspended", "choose_delivery", "suspended"),
    ("suspended", "propose_void", "suspended"),
    ("suspended", "void", "voided"),
    ("suspended", "reject_void", "suspended"),
    ("suspended", "hand_over", "suspended"),
    ("decided", "choose_delivery", "decided"),
    ("decided", "propose_void", "decided"),
    ("decided", "void", "voided"),
    ("decided", "reject_void", "decided"),
    ("decided", "hand_over", "decided"),
    ("closed", "choose_delivery", "closed"),
    ("closed", "propose_void", "closed"),
    ("closed", "void", "voided"),
    ("closed", "reject_void", "closed"),
    ("closed", "hand_over", "closed"),
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
    ("accepted", "supply_deferred", "accepted"),
    ("examining", "supply_deferred", "examining"),
    ("special_procedure", "supply_deferred", "special_procedure"),
    ("suspended", "supply_deferred", "suspended"),
    ("accepted", "urge_deferred", "accepted"),
    ("examining", "urge_deferred", "examining"),
    ("special_procedure", "urge_deferred", "special_procedure"),
    ("suspended", "urge_deferred", "suspended"),
    ("accepted", "return_unsupplied", "returned"),
    ("examining", "return_unsupplied", "returned"),
    ("special_procedure", "return_unsupplied", "returned"),
    ("suspended", "return_unsupplied", "returned"),
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
    ("closed", "dispatch", "closed"),
    ("closed", "take_back_parcel", "closed"),
    ("closed", "deliver", "delivered"),
    ("closed", "confirm_receipt", "delivered"),
    ("delivered", "confirm_receipt", "delivered"),
    ("decided", "check_commitment", "decided"),
    ("decided", "order_rectification", "decided"),
    ("decided", "propose_revocation", "decided"),
    ("decided", "make_statement", "decided"),
    ("decided", "revoke_decision", "decided"),
    ("decided", "keep_decision", "decided"),
    ("closed", "check_commitment", "closed"),
    ("closed", "order_rectification", "closed"),
    ("closed", "propose_revocation", "closed"),
    ("closed", "make_statement", "closed"),
    ("closed", "revoke_decision", "closed"),
    ("closed", "keep_decision", "closed"),
    ("delivered", "check_commitment", "delivered"),
    ("delivered", "order_rectification", "delivered"),
    ("delivered", "propose_revocation", "delivered"),
    ("delivered", "make_statement", "delivered"),
    ("delivered", "revoke_decision", "delivered"),
    ("delivered", "keep_decision", "delivered"),
];

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
