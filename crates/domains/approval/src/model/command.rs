//! The commands of a case, and the event that each comes to.

use chrono::{DateTime, Utc};
use tb_contract::events::DeliveryChoice;

use super::apply::Facts;
use super::deferral::Promised;
use super::delivery::{self, Collector, Parcel};
use super::diversion::Diversion;
use super::event::{EventDetail, EventKind, Listed};
use super::state::{DeliveryWay, RefusalKind, Ruling, StepOutcome};
use super::verb::Verb;

/// What an applicant sent again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Correction {
    /// When.
    pub at: DateTime<Utc>,
    /// Parts that changed and were taken over.
    pub changed: Vec<String>,
    /// Parts that changed and were not.
    pub ignored: Vec<String>,
    /// His words to it.
    pub remark: String,
}

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    /// 1: came in at this moment.
    Submit { at: DateTime<Utc> },
    /// 2
    ReturnForReview { listed: Listed, reason: String },
    /// 2a
    Resubmit(Correction),
    /// 3: effective from this moment.
    Receive { at: DateTime<Utc> },
    /// 18
    PassPreReview,
    /// 18b: these were compared.
    VerifyOriginals {
        materials: Vec<String>,
        note: String,
    },
    /// 18c
    MissOriginals,
    /// 6
    LapseCorrection,
    /// 4
    RequestCorrection { listed: Listed, reason: String },
    /// 5
    Correct(Correction),
    /// 7 and 7a
    Accept,
    /// 8 and 7a: the acceptance clock started at the receipt and is over at `until`.
    DeemAccepted {
        receipt: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
    },
    /// 20: these came.
    SupplyDeferred {
        at: DateTime<Utc>,
        materials: Vec<Promised>,
        remark: String,
    },
    /// 20: those that end soon.
    UrgeDeferred,
    /// 28: the holder's words on a revocation that is meant.
    MakeStatement {
        at: DateTime<Utc>,
        statement: String,
    },
    /// 9
    Refuse { kind: RefusalKind, reason: String },
    /// 10
    Step {
        outcome: StepOutcome,
        opinion: String,
    },
    /// 11, 12, 21, 22, 25, 27
    Divert(Diversion),
    /// 14
    Decide { ruling: Ruling, reason: String },
    /// 15
    Close,
    /// 15: the applicant wants it so.
    ChooseDelivery {
        at: DateTime<Utc>,
        choice: DeliveryChoice,
    },
    /// 15: given to a courier.
    Dispatch(Parcel),
    /// 15
    Deliver {
        way: DeliveryWay,
        collector: Option<Collector>,
    },
    /// 15: the applicant says that he has it.
    ConfirmReceipt { at: DateTime<Utc> },
    /// 16
    AskWithdrawal { reason: String },
    /// 16
    AnswerWithdrawal { granted: bool, reason: String },
}

impl Command {
    /// Its verb in the table.
    pub(crate) fn verb(&self) -> Verb {
        match self {
            Self::Submit { .. } => Verb::Submit,
            Self::ReturnForReview { .. } => Verb::ReturnForReview,
            Self::Resubmit(_) => Verb::Resubmit,
            Self::Receive { .. } => Verb::Receive,
            Self::PassPreReview => Verb::PassPreReview,
            Self::VerifyOriginals { .. } => Verb::VerifyOriginals,
            Self::MissOriginals => Verb::MissOriginals,
            Self::LapseCorrection => Verb::LapseCorrection,
            Self::RequestCorrection { .. } => Verb::RequestCorrection,
            Self::Correct(_) => Verb::Correct,
            Self::Accept => Verb::Accept,
            Self::DeemAccepted { .. } => Verb::DeemAccepted,
            Self::SupplyDeferred { .. } => Verb::SupplyDeferred,
            Self::UrgeDeferred => Verb::UrgeDeferred,
            Self::MakeStatement { .. } => Verb::MakeStatement,
            Self::Refuse { .. } => Verb::Refuse,
            Self::Step { .. } => Verb::Step,
            Self::Divert(diversion) => diversion.verb(),
            Self::Decide { .. } => Verb::Decide,
            Self::Close => Verb::Close,
            Self::ChooseDelivery { .. } => Verb::ChooseDelivery,
            Self::Dispatch(_) => Verb::Dispatch,
            Self::Deliver { .. } => Verb::Deliver,
            Self::ConfirmReceipt { .. } => Verb::ConfirmReceipt,
            Self::AskWithdrawal { .. } => Verb::AskWithdrawal,
            Self::AnswerWithdrawal { .. } => Verb::AnswerWithdrawal,
        }
    }
}

/// The step after an outcome; the number of steps where none is left.
pub(super) fn next_step(case: &Facts<'_>, outcome: StepOutcome) -> usize {
    match outcome {
        StepOutcome::Pass => (case.step + 1).min(case.steps.len()),
        StepOutcome::Return => case.step.saturating_sub(1),
    }
}

/// What happened, from when it counts, and what it says besides.
pub(super) fn event(
    case: &Facts<'_>,
    command: &Command,
    now: DateTime<Utc>,
) -> (EventKind, DateTime<Utc>, EventDetail) {
    let step_name = |index: usize| case.steps.get(index).map(|step| step.name.clone());
    match command {
        Command::Submit { at } => (EventKind::Submitted, *at, EventDetail::default()),
        Command::Receive { at } => (EventKind::Received, *at, EventDetail::default()),
        Command::ReturnForReview { listed, reason } => {
            (EventKind::PreReviewReturned, now, notice(listed, reason))
        }
        Command::PassPreReview => (EventKind::PreReviewPassed, now, originals(case, "")),
        Command::VerifyOriginals { note, .. } => {
            (EventKind::OriginalsVerified, now, originals(case, note))
        }
        Command::MissOriginals => (EventKind::Returned, now, EventDetail::default()),
        Command::LapseCorrection => (EventKind::CorrectionLapsed, now, EventDetail::default()),
        Command::RequestCorrection { listed, reason } => {
            (EventKind::CorrectionRequested, now, notice(listed, reason))
        }
        Command::Resubmit(sent) => (EventKind::Resubmitted, sent.at, parts(sent)),
        Command::Correct(sent) => (EventKind::Corrected, sent.at, parts(sent)),
        Command::Accept => (EventKind::Accepted, now, promised(case)),
        Command::DeemAccepted { receipt, .. } => {
            (EventKind::DeemedAccepted, *receipt, promised(case))
        }
        Command::SupplyDeferred {
            at,
            materials,
            remark,
        } => {
            let detail = deferring(materials.clone(), remark);
            (EventKind::DeferredSupplied, *at, detail)
        }
        Command::UrgeDeferred => (EventKind::DeferredUrged, now, urged(case, now)),
        Command::MakeStatement { at, statement } => {
            (EventKind::StatementMade, *at, with(statement))
        }
        Command::Refuse { kind, reason } => {
            let detail = EventDetail {
                refusal: Some(*kind),
                ..with(reason)
            };
            (refused(*kind), now, detail)
        }
        Command::Step { outcome, opinion } => {
            let detail = EventDetail {
                outcome: Some(*outcome),
                step_name: step_name(case.step),
                entered_step: Some(next_step(case, *outcome)),
                ..with(opinion)
            };
            (stepped(*outcome), now, detail)
        }
        Command::Divert(diversion) => {
            let (kind, detail) = diversion.event(case);
            (kind, now, detail)
        }
        Command::Decide { ruling, reason } => {
            // What was decided by another system is marked so.
            let (organ, number) = case.external.unwrap_or_default();
            let detail = EventDetail {
                ruling: Some(*ruling),
                organ: organ.to_owned(),
                external_number: number.to_owned(),
                ..with(reason)
            };
            (EventKind::Decided, now, detail)
        }
        Command::Close => (EventKind::Closed, now, EventDetail::default()),
        Command::ChooseDelivery { .. }
        | Command::Dispatch(_)
        | Command::Deliver { .. }
        | Command::ConfirmReceipt { .. } => delivery::event(case, command, now),
        Command::AskWithdrawal { reason } => (EventKind::WithdrawalAsked, now, with(reason)),
        Command::AnswerWithdrawal {
            granted: true,
            reason,
        } => (EventKind::Withdrawn, now, with(reason)),
        Command::AnswerWithdrawal {
            granted: false,
            reason,
        } => (EventKind::WithdrawalRejected, now, with(reason)),
    }
}

fn refused(kind: RefusalKind) -> EventKind {
    match kind {
        RefusalKind::NotAccepted => EventKind::NotAccepted,
        RefusalKind::Refused => EventKind::Refused,
    }
}

fn stepped(outcome: StepOutcome) -> EventKind {
    match outcome {
        StepOutcome::Pass => EventKind::StepCompleted,
        StepOutcome::Return => EventKind::StepReturned,
    }
}

fn deferring(deferred: Vec<Promised>, words: &str) -> EventDetail {
    EventDetail {
        deferred,
        ..with(words)
    }
}

fn promised(case: &Facts<'_>) -> EventDetail {
    EventDetail {
        commitment: case.undertaking.cloned(),
        ..deferring(case.promised.to_vec(), "")
    }
}

fn urged(case: &Facts<'_>, now: DateTime<Utc>) -> EventDetail {
    let ends = case
        .debts
        .iter()
        .filter(|debt| debt.urge_at().is_some_and(|at| at <= now));
    deferring(ends.map(|debt| debt.promised.clone()).collect(), "")
}

fn originals(case: &Facts<'_>, note: &str) -> EventDetail {
    EventDetail {
        originals: case.originals.iter().map(|one| one.name.clone()).collect(),
        ..with(note)
    }
}

pub(super) fn with(reason: &str) -> EventDetail {
    EventDetail {
        reason: reason.trim().to_owned(),
        ..EventDetail::default()
    }
}

fn notice(listed: &Listed, reason: &str) -> EventDetail {
    EventDetail {
        notice: Some(listed.clone()),
        ..with(reason)
    }
}

fn parts(sent: &Correction) -> EventDetail {
    EventDetail {
        reason: sent.remark.clone(),
        changed: sent.changed.clone(),
        ignored: sent.ignored.clone(),
        ..EventDetail::default()
    }
}

/// The event that tells the world. Every change is told, so that versions have no gaps; who hears
/// it decides what the applicant is told.
pub(super) fn says(case: &Facts<'_>, command: &Command) -> &'static str {
    match command {
        Command::ConfirmReceipt { .. } => match delivery::confirmed(case.state) {
            (EventKind::Delivered, _) => "approval.case.delivered",
            _ => "approval.case.receipt_confirmed",
        },
        Command::Submit { .. } => "approval.case.submitted",
        Command::Resubmit(_) => "approval.case.resubmitted",
        Command::Correct(_) => "approval.case.corrected",
        Command::ReturnForReview { .. } => "approval.case.pre_review_returned",
        Command::Receive { .. } => "approval.case.received",
        Command::PassPreReview => "approval.case.pre_review_passed",
        Command::VerifyOriginals { .. } => "approval.case.originals_verified",
        Command::MissOriginals => "approval.case.returned",
        Command::LapseCorrection => "approval.case.correction_lapsed",
        Command::RequestCorrection { .. } => "approval.case.correction_requested",
        Command::SupplyDeferred { .. } => "approval.case.deferred_supplied",
        Command::UrgeDeferred => "approval.case.deferred_urged",
        Command::MakeStatement { .. } => "approval.case.statement_made",
        Command::Accept => "approval.case.accepted",
        Command::DeemAccepted { .. } => "approval.case.deemed_accepted",
        Command::Refuse {
            kind: RefusalKind::NotAccepted,
            ..
        } => "approval.case.not_accepted",
        Command::Refuse {
            kind: RefusalKind::Refused,
            ..
        } => "approval.case.refused",
        Command::Step {
            outcome: StepOutcome::Pass,
            ..
        } => "approval.case.step_completed",
        Command::Step {
            outcome: StepOutcome::Return,
            ..
        } => "approval.case.step_returned",
        Command::Divert(diversion) => diversion.says(),
        Command::Decide { .. } => "approval.case.decided",
        Command::Close => "approval.case.closed",
        Command::ChooseDelivery { .. } => "approval.case.delivery_chosen",
        Command::Dispatch(_) => "approval.case.dispatched",
        Command::Deliver { .. } => "approval.case.delivered",
        Command::AskWithdrawal { .. } => "approval.case.withdrawal_asked",
        Command::AnswerWithdrawal { granted: true, .. } => "approval.case.withdrawn",
        Command::AnswerWithdrawal { .. } => "approval.case.withdrawal_rejected",
    }
}
