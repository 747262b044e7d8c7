//! The events of a case: what happened, when it was recorded and from when it counts. They are the
//! truth; columns and clocks are computed from them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::{CaseResult, DeliveryChoice, Letter, LetterFile};
use tb_contract::item::ProcedureKind;
use uuid::Uuid;

use super::commitment::Undertaking;
use super::deferral::Promised;
use super::delivery::{Collector, Parcel};
use super::hearing::HearingSaid;
use super::joint::JointSaid;
use super::opinion::Consulted;
use super::relay::Relayed;
use super::state::{
    DeliveryWay, RefusalKind, Ruling, State, StepOutcome, SuspensionGround, TerminationGround,
};
use super::supervision::Supervised;
use super::words::words;

words! {
    /// What happened.
    pub(crate) enum EventKind {
        /// The application came in.
        Submitted = "submitted",
        /// Pre-review sent it back.
        PreReviewReturned = "pre_review_returned",
        /// Pre-review passed it, and the originals are wanted.
        PreReviewPassed = "pre_review_passed",
        /// The originals were compared.
        OriginalsVerified = "originals_verified",
        /// The originals did not come in time.
        Returned = "returned",
        /// The applicant was reminded of his term.
        Reminded = "reminded",
        /// The correction did not come in time.
        CorrectionLapsed = "correction_lapsed",
        /// The applicant sent it again.
        Resubmitted = "resubmitted",
        /// It was received.
        Received = "received",
        /// The one-time notice went out.
        CorrectionRequested = "correction_requested",
        /// The applicant corrected.
        Corrected = "corrected",
        /// The department gave the lead office of a joint matter its part of the answer.
        JointAnswered = "joint_answered",
        /// The lead office was silent: the department answers by itself.
        JointReturned = "joint_returned",
        /// It was accepted.
        Accepted = "accepted",
        /// It counts as accepted, since nobody answered in time.
        DeemedAccepted = "deemed_accepted",
        /// The examination began.
        Begun = "begun",
        /// No permit is needed.
        NotAccepted = "not_accepted",
        /// Not within our powers.
        Refused = "refused",
        /// The applicant was urged to bring what he promised.
        DeferredUrged = "deferred_urged",
        /// He brought it.
        DeferredSupplied = "deferred_supplied",
        /// He did not: the case was returned.
        ReturnedUnsupplied = "returned_unsupplied",
        /// An examination step ended.
        StepCompleted = "step_completed",
        /// An examination step was sent back.
        StepReturned = "step_returned",
        /// A special procedure began.
        SpecialProcedureStarted = "special_procedure_started",
        /// It ended.
        SpecialProcedureEnded = "special_procedure_ended",
        /// The case was suspended.
        Suspended = "suspended",
        /// It was resumed.
        Resumed = "resumed",
        /// The legal term was extended.
        Extended = "extended",
        /// It was terminated.
        Terminated = "terminated",
        /// It was reported to the upper office with the first examination done.
        ReportedUp = "reported_up",
        /// It was transferred to the right office.
        Transferred = "transferred",
        /// A promise was checked and holds.
        CommitmentChecked = "commitment_checked",
        /// A promise was found not kept; the holder is to mend it.
        RectificationOrdered = "rectification_ordered",
        /// The decision is to be revoked; the holder is heard.
        RevocationProposed = "revocation_proposed",
        /// The holder made his statement.
        StatementMade = "statement_made",
        /// The decision was revoked.
        DecisionRevoked = "decision_revoked",
        /// It was not.
        DecisionKept = "decision_kept",
        /// The handler was urged.
        Urged = "urged",
        /// An order of supervision went out.
        Supervised = "supervised",
        /// It was answered.
        SupervisionReplied = "supervision_replied",
        /// Another department was asked for its opinion.
        OpinionAsked = "opinion_asked",
        /// It gave it.
        OpinionGiven = "opinion_given",
        /// It is not a matter of that department.
        OpinionDeclined = "opinion_declined",
        /// The opinion is not needed any more.
        OpinionWithdrawn = "opinion_withdrawn",
        /// The applicant wrote to the office.
        MessageReceived = "message_received",
        /// The office wrote to the applicant.
        MessageSent = "message_sent",
        /// Applicant and interested persons were told that they may ask for a hearing.
        HearingRightTold = "hearing_right_told",
        /// One of them asked for it.
        HearingAsked = "hearing_asked",
        /// Nobody wants it any more.
        HearingWaived = "hearing_waived",
        /// Day and place of it were told.
        HearingCalled = "hearing_called",
        /// It was held.
        HearingHeld = "hearing_held",
        /// A system of province or ministry handles it.
        HandledExternally = "handled_externally",
        /// A colleague goes on with it.
        HandedOver = "handed_over",
        /// Somebody wants it void.
        VoidProposed = "void_proposed",
        /// It is void.
        Voided = "voided",
        /// It is not to be void.
        VoidRejected = "void_rejected",
        /// There is a decision.
        Decided = "decided",
        /// A result was attached, or put in the place of a wrong one.
        ResultAttached = "result_attached",
        /// The case was closed.
        Closed = "closed",
        /// Whoever acted for the applicant does so no longer.
        ProxyEnded = "proxy_ended",
        /// The applicant chose how the result is to reach him.
        DeliveryChosen = "delivery_chosen",
        /// The result was given to a courier.
        Dispatched = "dispatched",
        /// The parcel came back.
        ParcelReturned = "parcel_returned",
        /// The applicant chose anew when the result was under way already.
        DeliveryChangeLate = "delivery_change_late",
        /// Papers or result were handed over between counter and office.
        RelaySent = "relay_sent",
        /// The office has the papers.
        RelayArrived = "relay_arrived",
        /// They are with the sender again.
        RelayReturned = "relay_returned",
        /// The result lies at a counter for its collection.
        ResultShelved = "result_shelved",
        /// The result was delivered.
        Delivered = "delivered",
        /// The applicant said that he has it.
        ReceiptConfirmed = "receipt_confirmed",
        /// The notice of payment went out.
        FeeNoticed = "fee_noticed",
        /// A new code for paying was made: after a reduction, a part payment, or a refusal behind the term.
        FeeBilled = "fee_billed",
        /// The fee was paid.
        FeePaid = "fee_paid",
        /// The applicant asked to pay less or nothing.
        FeeReductionAsked = "fee_reduction_asked",
        /// The applicant asked for his money back.
        FeeRefundAsked = "fee_refund_asked",
        /// A clerk proposed what a second person has to answer.
        FeeProposed = "fee_proposed",
        /// The fee was reduced.
        FeeReduced = "fee_reduced",
        /// Nothing is charged.
        FeeExempted = "fee_exempted",
        /// What was asked about the fee was refused.
        FeeRequestRefused = "fee_request_refused",
        /// The applicant was reminded to pay.
        FeeReminded = "fee_reminded",
        /// The term for paying passed.
        FeeLapsed = "fee_lapsed",
        /// The notice of payment was taken back.
        FeeCancelled = "fee_cancelled",
        /// Money is to be given back.
        FeeRefundApproved = "fee_refund_approved",
        /// It was given back.
        FeeRefunded = "fee_refunded",
        /// The payment platform did not give it back.
        FeeRefundFailed = "fee_refund_failed",
        /// The applicant asked to withdraw.
        WithdrawalAsked = "withdrawal_asked",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
        /// The withdrawal was rejected.
        WithdrawalRejected = "withdrawal_rejected",
        /// The applicant rated the service.
        Rated = "rated",
    }
}

impl EventKind {
    /// Whether its words are about somebody's need: what is asked and thought about a fee, and why it is
    /// refused. They are for who handles fees.
    pub(crate) fn is_of_fee_request(self) -> bool {
        matches!(
            self,
            Self::FeeReductionAsked
                | Self::FeeRefundAsked
                | Self::FeeProposed
                | Self::FeeRequestRefused
        )
    }

    /// Whether its words are about people who are heard: why they ask or give up, what they said.
    pub(crate) fn is_of_hearing(self) -> bool {
        matches!(
            self,
            Self::HearingAsked | Self::HearingWaived | Self::HearingHeld
        )
    }
}

/// Somebody of the staff, as an event names him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct StaffRef {
    /// His account.
    pub id: Uuid,
    /// His name.
    #[serde(default)]
    pub name: String,
}

/// What an event says besides. Sealed at rest: reasons and opinions may name people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct EventDetail {
    /// Reason or opinion.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who was away, where a deputy acted in his place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deputy_of: Option<StaffRef>,
    /// Who goes on with it, where it was handed over (移交).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<StaffRef>,
    /// Everybody whose deputy the doer was at the time: none of them is a second person to him.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stood_for: Vec<Uuid>,
    /// Step that this event is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_name: Option<String>,
    /// Index of the step that is entered by this event; the number of steps after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered_step: Option<usize>,
    /// How a step ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<StepOutcome>,
    /// What a notice lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Listed>,
    /// Parts that the applicant changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Parts that he changed although they were not listed, and that were not taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// Why it was not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalKind>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// How it was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<DeliveryWay>,
    /// What the applicant chose for the delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Box<DeliveryChoice>>,
    /// The parcel that was given to a courier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parcel: Option<Box<Parcel>>,
    /// Who took the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collector: Option<Box<Collector>>,
    /// Length of an extension, in the unit of the legal term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<u32>,
    /// The special procedure that begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Procedure>,
    /// Why the case is suspended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspension: Option<SuspensionGround>,
    /// Why it is terminated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination: Option<TerminationGround>,
    /// The provision that a suspension rests on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The organ that goes on with it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organ: String,
    /// The number that the case has in a system of province or ministry.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub external_number: String,
    /// Names of the materials whose originals are wanted, or were compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub originals: Vec<String>,
    /// Materials that follow later: promised at the acceptance, urged, or supplied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deferred: Vec<Promised>,
    /// What was promised, at the acceptance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Undertaking>,
    /// How a promise was checked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// Last day that the event sets: for mending, for a statement, of a bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// An order of supervision, or an urging.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervised: Option<Supervised>,
    /// Another department's opinion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consulted: Option<Box<Consulted>>,
    /// Files that came with it: proof with what the applicant asks about a fee, the record of a hearing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<LetterFile>,
    /// Fen that an event of a fee is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<i64>,
    /// A hearing of interested persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing: Option<Box<HearingSaid>>,
    /// The fee order that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee_order: Option<Uuid>,
    /// One answer for a joint matter: a part of it, or how it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint: Option<Box<JointSaid>>,
    /// A hand-over between counter and office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relayed: Option<Box<Relayed>>,
    /// Its licence was ordered of the register with it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub licence_ordered: bool,
    /// What was written, by the applicant or to him.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Box<Letter>>,
    /// A result that is no licence of the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Box<CaseResult>>,
    /// The rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
}

/// A special procedure under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Procedure {
    /// Kind.
    pub kind: ProcedureKind,
    /// Name.
    pub name: String,
    /// Last day of the plan; past it an alarm lights.
    pub planned_end: NaiveDate,
}

/// What a one-time notice lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct Listed {
    /// JSON Pointers into the form's answers.
    pub fields: Vec<String>,
    /// Requirement ids.
    pub materials: Vec<String>,
}

/// A rating as the applicant gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct Rating {
    /// 5 非常满意 to 1 非常不满意.
    pub level: u8,
    /// Reasons chosen.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

/// An event about to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Happened {
    /// What.
    pub kind: EventKind,
    /// From when it counts.
    pub effective_at: DateTime<Utc>,
    /// State before.
    pub from: State,
    /// State after.
    pub to: State,
    /// What it says besides.
    pub detail: EventDetail,
}

/// An event as far as the clocks look at it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Beat {
    /// What.
    pub kind: EventKind,
    /// From when it counts.
    pub at: DateTime<Utc>,
    /// When it was recorded: until then nobody worked on what it begins.
    pub noted_at: DateTime<Utc>,
    /// The step entered.
    pub entered_step: Option<usize>,
    /// Length of an extension.
    pub extension: Option<u32>,
    /// Words to show for a pause or an extension.
    pub name: Option<String>,
    /// Planned last day of a special procedure, or of a hearing; where one gives a hearing up and others
    /// still want it, its last day now.
    pub planned_end: Option<NaiveDate>,
    /// The fee order that it is about.
    pub fee_order: Option<Uuid>,
}

impl Beat {
    /// An event that only marks a moment.
    pub(crate) fn new(kind: EventKind, at: DateTime<Utc>) -> Self {
        Self {
            kind,
            at,
            noted_at: at,
            entered_step: None,
            extension: None,
            name: None,
            planned_end: None,
            fee_order: None,
        }
    }

    /// The beat of an event with its details.
    pub(crate) fn of(kind: EventKind, at: DateTime<Utc>, detail: &EventDetail) -> Self {
        let procedure = detail.procedure.as_ref();
        let name = procedure.map_or(&detail.reason, |procedure| &procedure.name);
        let of_hearing = matches!(kind, EventKind::HearingAsked | EventKind::HearingWaived);
        let hold_by = detail.until.filter(|_| of_hearing);
        Self {
            planned_end: procedure.map(|procedure| procedure.planned_end).or(hold_by),
            entered_step: detail.entered_step,
            extension: detail.extension,
            fee_order: detail.fee_order,
            name: Some(name.clone()).filter(|name| !name.is_empty()),
            ..Self::new(kind, at)
        }
    }
}

/// A day as the office writes it.
pub(crate) fn office_day(at: DateTime<Utc>) -> NaiveDate {
    tb_kernel::office_time::day(at)
}
