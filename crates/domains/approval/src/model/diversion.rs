//! The commands that lead a case off its straight way: special procedures, extension, suspension,
//! and the rarer ends.

use chrono::NaiveDate;
use tb_contract::item::ProcedureKind;

use super::apply::Facts;
use super::command::with;
use super::event::{EventDetail, EventKind, Procedure, StaffRef};
use super::hearing::HearingStep;
use super::state::{SuspensionGround, TerminationGround};
use super::verb::Verb;

/// A command off the straight way, with its reason.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Diversion {
    /// Where it leads.
    pub way: Way,
    /// Why; of a special procedure that ends, what it found.
    pub reason: String,
}

/// Where a diversion leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Way {
    /// 11: one that the item lists.
    StartSpecialProcedure {
        kind: ProcedureKind,
        planned_end: NaiveDate,
    },
    /// 11
    EndSpecialProcedure,
    /// 12: by so much, in the unit of the legal term.
    Extend { length: u32 },
    /// 21: on a provision.
    Suspend {
        ground: SuspensionGround,
        basis: String,
    },
    /// 21
    Resume,
    /// 22
    Terminate { ground: TerminationGround },
    /// 20: a promise was broken.
    ReturnUnsupplied,
    /// 25: to the upper organ.
    ReportUp { organ: String },
    /// 27: to the right organ.
    Transfer { organ: String },
    /// 28: the promise holds.
    CheckCommitment { method: String },
    /// 28: it was not kept; to be mended by this day.
    OrderRectification { method: String, mend_by: NaiveDate },
    /// 28: the decision is to be revoked; the holder may answer until this day.
    ProposeRevocation {
        basis: String,
        answer_until: NaiveDate,
    },
    /// 28: it is revoked, and the holder barred from promises until this day.
    RevokeDecision { bar_until: NaiveDate },
    /// 28: it is not revoked.
    KeepDecision,
    /// 15: the parcel came back; the applicant may choose anew.
    TakeBackParcel,
    /// 24: a system of province or ministry handles it, under a number of its own.
    HandleExternally { organ: String, number: String },
    /// 26: a hearing of interested persons, beside the case.
    Hearing(HearingStep),
    /// 23: a colleague goes on with it.
    HandOver { to: StaffRef },
    /// 17: by one person …
    ProposeVoid,
    /// 17: … for another to confirm
    Void,
    /// 17: … or to reject.
    RejectVoid,
}

impl Diversion {
    /// Its verb in the table.
    pub(crate) fn verb(&self) -> Verb {
        match &self.way {
            Way::StartSpecialProcedure { .. } => Verb::StartSpecialProcedure,
            Way::EndSpecialProcedure => Verb::EndSpecialProcedure,
            Way::Extend { .. } => Verb::Extend,
            Way::Suspend { .. } => Verb::Suspend,
            Way::Resume => Verb::Resume,
            Way::Terminate { .. } => Verb::Terminate,
            Way::ReturnUnsupplied => Verb::ReturnUnsupplied,
            Way::ReportUp { .. } => Verb::ReportUp,
            Way::Transfer { .. } => Verb::Transfer,
            Way::CheckCommitment { .. } => Verb::CheckCommitment,
            Way::OrderRectification { .. } => Verb::OrderRectification,
            Way::ProposeRevocation { .. } => Verb::ProposeRevocation,
            Way::RevokeDecision { .. } => Verb::RevokeDecision,
            Way::KeepDecision => Verb::KeepDecision,
            Way::TakeBackParcel => Verb::TakeBackParcel,
            Way::HandleExternally { .. } => Verb::HandleExternally,
            Way::Hearing(step) => step.verb(),
            Way::HandOver { .. } => Verb::HandOver,
            Way::ProposeVoid => Verb::ProposeVoid,
            Way::Void => Verb::Void,
            Way::RejectVoid => Verb::RejectVoid,
        }
    }

    /// The event that tells the world.
    pub(super) fn says(&self) -> &'static str {
        match &self.way {
            Way::StartSpecialProcedure { .. } => "approval.case.special_procedure_started",
            Way::EndSpecialProcedure => "approval.case.special_procedure_ended",
            Way::Extend { .. } => "approval.case.extended",
            Way::Suspend { .. } => "approval.case.suspended",
            Way::Resume => "approval.case.resumed",
            Way::Terminate { .. } => "approval.case.terminated",
            Way::ReturnUnsupplied => "approval.case.returned_unsupplied",
            Way::ReportUp { .. } => "approval.case.reported_up",
            Way::Transfer { .. } => "approval.case.transferred",
            Way::CheckCommitment { .. } => "approval.case.commitment_checked",
            Way::OrderRectification { .. } => "approval.case.rectification_ordered",
            Way::ProposeRevocation { .. } => "approval.case.revocation_proposed",
            Way::RevokeDecision { .. } => "approval.case.decision_revoked",
            Way::KeepDecision => "approval.case.decision_kept",
            Way::TakeBackParcel => "approval.case.parcel_returned",
            Way::HandleExternally { .. } => "approval.case.handled_externally",
            Way::Hearing(step) => step.says(),
            Way::HandOver { .. } => "approval.case.handed_over",
            Way::ProposeVoid => "approval.case.void_proposed",
            Way::Void => "approval.case.voided",
            Way::RejectVoid => "approval.case.void_rejected",
        }
    }

    /// What happened, and what it says besides.
    pub(super) fn event(&self, case: &Facts<'_>) -> (EventKind, EventDetail) {
        let mut detail = with(&self.reason);
        let kind = match &self.way {
            Way::StartSpecialProcedure { kind, planned_end } => {
                let listed = case.procedure(*kind);
                detail.procedure = Some(Procedure {
                    kind: *kind,
                    name: listed.map(|one| one.name.clone()).unwrap_or_default(),
                    planned_end: *planned_end,
                });
                EventKind::SpecialProcedureStarted
            }
            Way::EndSpecialProcedure => EventKind::SpecialProcedureEnded,
            Way::Extend { length } => {
                detail.extension = Some(*length);
                EventKind::Extended
            }
            Way::Suspend { ground, basis } => {
                detail.suspension = Some(*ground);
                basis.trim().clone_into(&mut detail.basis);
                EventKind::Suspended
            }
            Way::Resume => EventKind::Resumed,
            Way::ReturnUnsupplied => EventKind::ReturnedUnsupplied,
            Way::CheckCommitment { method } => {
                method.trim().clone_into(&mut detail.method);
                EventKind::CommitmentChecked
            }
            Way::OrderRectification { method, mend_by } => {
                method.trim().clone_into(&mut detail.method);
                detail.until = Some(*mend_by);
                EventKind::RectificationOrdered
            }
            Way::ProposeRevocation {
                basis,
                answer_until,
            } => {
                basis.trim().clone_into(&mut detail.basis);
                detail.until = Some(*answer_until);
                EventKind::RevocationProposed
            }
            Way::RevokeDecision { bar_until } => {
                detail.until = Some(*bar_until);
                EventKind::DecisionRevoked
            }
            Way::KeepDecision => EventKind::DecisionKept,
            Way::TakeBackParcel => EventKind::ParcelReturned,
            Way::HandleExternally { organ, number } => {
                organ.trim().clone_into(&mut detail.organ);
                number.trim().clone_into(&mut detail.external_number);
                EventKind::HandledExternally
            }
            Way::Hearing(step) => step.event(&mut detail),
            Way::HandOver { to } => {
                detail.successor = Some(to.clone());
                EventKind::HandedOver
            }
            Way::ProposeVoid => EventKind::VoidProposed,
            Way::Void => EventKind::Voided,
            Way::RejectVoid => EventKind::VoidRejected,
            Way::Terminate { ground } => {
                detail.termination = Some(*ground);
                EventKind::Terminated
            }
            Way::ReportUp { organ } => {
                organ.trim().clone_into(&mut detail.organ);
                EventKind::ReportedUp
            }
            Way::Transfer { organ } => {
                organ.trim().clone_into(&mut detail.organ);
                EventKind::Transferred
            }
        };
        (kind, detail)
    }
}
