//! What the caller may do with a case now, and why not the rest: each command is tried on the
//! rules, with words that would do.

use chrono::{DateTime, Days, NaiveDate, Utc};
use tb_contract::access::{
    CaseAccept, CaseClose, CaseDecide, CaseDivert, CaseExamine, CaseHandOver, Door, Permission,
    WithdrawalAnswer,
};
use tb_contract::item::ProcedureKind;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_kernel::office_time::start_of_day;
use uuid::Uuid;

use crate::api::view::CommandView;
use crate::entity::case;
use crate::error::Error;
use crate::model::apply::{Facts, Surroundings, apply};
use crate::model::command::Command;
use crate::model::commitment::ANSWER_DAYS;
use crate::model::delivery::{Parcel, likely_way, nobody};
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{Listed, StaffRef, office_day};
use crate::model::hearing::{HearingFacts, HearingStep, Interested, Session};
use crate::model::state::{RefusalKind, Ruling, StepOutcome, SuspensionGround, TerminationGround};
use crate::model::verb::Verb;
use crate::service::deputy::{capacities, telling};
use crate::service::read::may;

/// Every command of staff.
pub(super) fn commands<P>(
    ctx: &Ctx<P>,
    row: &case::Model,
    facts: &Facts<'_>,
) -> Result<Vec<CommandView>, Fault> {
    Verb::OF_STAFF
        .into_iter()
        .map(|verb| command(ctx, row, facts, verb))
        .collect()
}

fn command<P>(
    ctx: &Ctx<P>,
    row: &case::Model,
    facts: &Facts<'_>,
    verb: Verb,
) -> Result<CommandView, Fault> {
    let (key, door) = permission(verb);
    let refused: Option<Fault> = if may(ctx.actor(), key, door, row)? {
        sample(verb, facts, ctx.now()).and_then(|sample| refusal(ctx, facts, &sample, key))
    } else {
        Some(Error::NotYours.into())
    };
    let text = |fault: &Fault| {
        ctx.edge()
            .texts()
            .text(ctx.locale(), fault.code, &fault.args)
    };
    Ok(CommandView {
        command: verb,
        allowed: refused.is_none(),
        code: refused.as_ref().map(|fault| fault.code.to_owned()),
        reason: refused.as_ref().map(text),
    })
}

/// Why a command is not open in any capacity of the caller's.
fn refusal<P>(ctx: &Ctx<P>, facts: &Facts<'_>, sample: &Command, key: &str) -> Option<Fault> {
    let mut refused = None;
    for acting_for in capacities(ctx.actor(), key) {
        let around = Surroundings {
            acting_for,
            ..Surroundings::of(ctx.actor(), ctx.now())
        };
        let error = apply(facts, sample, around).err()?;
        refused = Some(telling(refused, error.into()));
    }
    refused
}

/// The permission of a command, as its route has it.
pub(crate) fn permission(verb: Verb) -> (&'static str, Door) {
    fn of<P: Permission>() -> (&'static str, Door) {
        (P::KEY, P::DOOR)
    }
    match verb {
        Verb::Step => of::<CaseExamine>(),
        Verb::Decide => of::<CaseDecide>(),
        Verb::Close | Verb::Dispatch | Verb::TakeBackParcel | Verb::Deliver => of::<CaseClose>(),
        Verb::HandOver => of::<CaseHandOver>(),
        Verb::AnswerWithdrawal => of::<WithdrawalAnswer>(),
        Verb::StartSpecialProcedure
        | Verb::EndSpecialProcedure
        | Verb::Extend
        | Verb::Suspend
        | Verb::Resume
        | Verb::ReturnUnsupplied
        | Verb::Terminate
        | Verb::ReportUp
        | Verb::TellHearingRight
        | Verb::AskHearing
        | Verb::WaiveHearing
        | Verb::CallHearing
        | Verb::HoldHearing
        | Verb::HandleExternally
        | Verb::CheckCommitment
        | Verb::OrderRectification
        | Verb::ProposeRevocation
        | Verb::RevokeDecision
        | Verb::KeepDecision
        | Verb::ProposeVoid
        | Verb::Void
        | Verb::RejectVoid => of::<CaseDivert>(),
        _ => of::<CaseAccept>(),
    }
}

/// A command of this kind that only state, rights and facts can refuse.
pub(crate) fn sample(verb: Verb, facts: &Facts<'_>, now: DateTime<Utc>) -> Option<Command> {
    let words = || "-".to_owned();
    // A second notice can list no more than the first did.
    let listed = || {
        facts.notices.last().cloned().unwrap_or(Listed {
            fields: vec![words()],
            materials: Vec::new(),
        })
    };
    Some(match verb {
        Verb::Receive => Command::Receive {
            at: chrono::DateTime::UNIX_EPOCH,
        },
        Verb::ReturnForReview => Command::ReturnForReview {
            listed: listed(),
            reason: words(),
        },
        Verb::RequestCorrection => Command::RequestCorrection {
            listed: listed(),
            reason: words(),
        },
        Verb::Accept => Command::Accept,
        Verb::PassPreReview => Command::PassPreReview,
        Verb::VerifyOriginals => Command::VerifyOriginals {
            materials: facts.originals.iter().map(|one| one.id.clone()).collect(),
            note: String::new(),
        },
        Verb::Refuse => Command::Refuse {
            kind: RefusalKind::Refused,
            reason: words(),
        },
        Verb::Step => Command::Step {
            outcome: StepOutcome::Pass,
            opinion: String::new(),
        },
        // A broken promise leaves nothing but the denial.
        Verb::Decide => Command::Decide {
            ruling: if facts.debts.iter().any(|debt| debt.is_broken(now)) {
                Ruling::Denied
            } else {
                Ruling::Granted
            },
            reason: words(),
        },
        Verb::Close => Command::Close,
        Verb::Dispatch => Command::Dispatch(Parcel {
            company: words(),
            tracking_number: words(),
        }),
        Verb::Deliver => Command::Deliver {
            way: likely_way(&facts.delivery),
            collector: Some(nobody()),
        },
        Verb::AnswerWithdrawal => Command::AnswerWithdrawal {
            granted: true,
            reason: words(),
        },
        verb => Command::Divert(Diversion {
            way: sample_way(verb, facts, office_day(now))?,
            reason: words(),
        }),
    })
}

fn sample_way(verb: Verb, facts: &Facts<'_>, today: NaiveDate) -> Option<Way> {
    let words = || "-".to_owned();
    Some(match verb {
        Verb::StartSpecialProcedure => Way::StartSpecialProcedure {
            // Any kind, where the item lists none: the refusal says so.
            kind: facts
                .procedures
                .first()
                .map_or(ProcedureKind::Hearing, |one| one.kind),
            planned_end: today,
        },
        Verb::EndSpecialProcedure => Way::EndSpecialProcedure,
        Verb::Extend => Way::Extend { length: 1 },
        Verb::Suspend => Way::Suspend {
            ground: SuspensionGround::Court,
            basis: words(),
        },
        Verb::Resume => Way::Resume,
        Verb::ReturnUnsupplied => Way::ReturnUnsupplied,
        Verb::Terminate => Way::Terminate {
            ground: TerminationGround::ApplicantGone,
        },
        Verb::ReportUp => Way::ReportUp { organ: words() },
        Verb::Transfer => Way::Transfer { organ: words() },
        Verb::HandleExternally => Way::HandleExternally {
            organ: words(),
            number: words(),
        },
        Verb::CheckCommitment => Way::CheckCommitment { method: words() },
        Verb::OrderRectification => Way::OrderRectification {
            method: words(),
            mend_by: today.succ_opt()?,
        },
        Verb::ProposeRevocation => Way::ProposeRevocation {
            basis: words(),
            answer_until: today.checked_add_days(Days::new(ANSWER_DAYS.0))?,
        },
        Verb::RevokeDecision => Way::RevokeDecision {
            bar_until: today.succ_opt()?,
        },
        Verb::KeepDecision => Way::KeepDecision,
        Verb::TakeBackParcel => Way::TakeBackParcel,
        Verb::TellHearingRight
        | Verb::AskHearing
        | Verb::WaiveHearing
        | Verb::CallHearing
        | Verb::HoldHearing => Way::Hearing(sample_hearing(verb, facts, today)),
        // To somebody whom no case has: only state and rights are asked.
        Verb::HandOver => Way::HandOver {
            to: StaffRef {
                id: Uuid::nil(),
                name: words(),
            },
        },
        Verb::ProposeVoid => Way::ProposeVoid,
        Verb::Void => Way::Void,
        Verb::RejectVoid => Way::RejectVoid,
        _ => return None,
    })
}

/// A step of a hearing that only state, rights and facts can refuse.
fn sample_hearing(verb: Verb, facts: &Facts<'_>, today: NaiveDate) -> HearingStep {
    let told = facts.hearing.as_ref();
    let words = || "-".to_owned();
    match verb {
        Verb::TellHearingRight => HearingStep::Tell {
            persons: vec![Interested {
                name: words(),
                contact: words(),
                interest: String::new(),
            }],
            on: today,
            ask_by: today,
            accepted_on: today,
        },
        // By somebody who has not asked; a letter that comes later can still have been in time.
        Verb::AskHearing => {
            let on = told.map_or(today, |told| told.ask_by.min(today));
            HearingStep::Ask {
                person: told.and_then(HearingFacts::silent),
                on,
                hold_by: today,
                accepted_on: on,
            }
        }
        // Before somebody whom no case has.
        Verb::CallHearing => HearingStep::Call {
            session: Session {
                at: start_of_day(today),
                place: words(),
                presider: StaffRef {
                    id: Uuid::nil(),
                    name: words(),
                },
            },
            earliest: today,
            last: today,
        },
        Verb::HoldHearing => HearingStep::Hold { files: Vec::new() },
        _ => HearingStep::Waive,
    }
}
