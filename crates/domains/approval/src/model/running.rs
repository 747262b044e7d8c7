//! What the clocks of a case are doing, folded from its events: when each started, whether it still
//! runs, what pauses and extensions there were. Needs no calendar.

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::Pause;

use super::event::{Beat, EventKind, office_day};

/// What a derivation shows for the time in which a fee is waited for.
const WAITS_FOR_FEE: &str = "等待缴费";

/// The clocks' starts and stops.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Running {
    /// Receipt of what is being answered: the submission, or the last correction.
    pub received_at: Option<DateTime<Utc>>,
    /// Whether the acceptance clock runs.
    pub acceptance_runs: bool,
    /// Start of the applicant's term, while it runs.
    pub applicant_since: Option<DateTime<Utc>>,
    /// Whether it is his term for bringing the originals.
    pub brings_originals: bool,
    /// Start of legal and promised terms.
    pub accepted_at: Option<DateTime<Utc>>,
    /// The step under way and its start.
    pub step: Option<(usize, DateTime<Utc>)>,
    /// Pauses after acceptance.
    pub pauses: Vec<Pause>,
    /// Those that last: what began them, their place in `pauses`, when.
    open: Vec<(EventKind, usize, DateTime<Utc>)>,
    /// Waiting for a fee: holds up what was promised, never what the law says.
    pub fee_pauses: Vec<Pause>,
    /// Extensions of the legal term.
    pub extensions: Vec<(u32, Option<String>)>,
    /// Since when all that counts against the office stands still.
    pub paused_since: Option<DateTime<Utc>>,
    /// Planned last day of the special procedure under way.
    pub planned_end: Option<NaiveDate>,
    /// The decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Closure.
    pub closed_at: Option<DateTime<Utc>>,
    /// Delivery.
    pub delivered_at: Option<DateTime<Utc>>,
    /// Another end.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Folds the events of a case, in their order.
pub(crate) fn running(beats: &[Beat]) -> Running {
    let mut clocks = Running::default();
    for beat in beats {
        clocks.take(beat);
    }
    clocks
}

impl Running {
    fn take(&mut self, beat: &Beat) {
        match beat.kind {
            EventKind::Submitted
            | EventKind::Resubmitted
            | EventKind::Corrected
            | EventKind::OriginalsVerified => self.receive(beat.at),
            EventKind::PreReviewReturned
            | EventKind::CorrectionRequested
            | EventKind::PreReviewPassed => self.ask_applicant(beat),
            EventKind::Accepted | EventKind::DeemedAccepted => self.accept(beat.at),
            EventKind::Begun | EventKind::StepCompleted | EventKind::StepReturned => self.go(beat),
            EventKind::SpecialProcedureStarted | EventKind::Suspended => self.pause(beat),
            EventKind::SpecialProcedureEnded => self.end_procedure(beat),
            EventKind::FeeNoticed => self.fee_begins(beat.at),
            EventKind::FeePaid
            | EventKind::FeeExempted
            | EventKind::FeeLapsed
            | EventKind::FeeCancelled => self.fee_ends(beat.at),
            EventKind::Resumed => self.resume(beat, EventKind::Suspended),
            EventKind::Extended => self.extend(beat),
            EventKind::Decided => self.decide(beat.at),
            EventKind::Closed => self.closed_at = Some(beat.at),
            EventKind::Delivered => self.delivered_at = Some(beat.at),
            EventKind::NotAccepted
            | EventKind::Refused
            | EventKind::Returned
            | EventKind::CorrectionLapsed
            | EventKind::Voided
            | EventKind::Transferred
            | EventKind::Terminated
            | EventKind::ReportedUp
            | EventKind::ReturnedUnsupplied
            | EventKind::Withdrawn => self.end(beat.at),
            EventKind::Received
            | EventKind::Reminded
            | EventKind::DeferredUrged
            | EventKind::DeferredSupplied
            | EventKind::Urged
            | EventKind::Supervised
            | EventKind::SupervisionReplied
            | EventKind::OpinionAsked
            | EventKind::OpinionGiven
            | EventKind::OpinionDeclined
            | EventKind::OpinionWithdrawn
            | EventKind::CommitmentChecked
            | EventKind::RectificationOrdered
            | EventKind::RevocationProposed
            | EventKind::StatementMade
            | EventKind::DecisionRevoked
            | EventKind::DecisionKept
            | EventKind::DeliveryChosen
            | EventKind::Dispatched
            | EventKind::RelaySent
            | EventKind::RelayArrived
            | EventKind::RelayReturned
            | EventKind::ResultShelved
            | EventKind::ParcelReturned
            | EventKind::DeliveryChangeLate
            | EventKind::ReceiptConfirmed
            | EventKind::FeeBilled
            | EventKind::FeeReductionAsked
            | EventKind::FeeRefundAsked
            | EventKind::FeeProposed
            | EventKind::FeeReduced
            | EventKind::FeeRequestRefused
            | EventKind::FeeReminded
            | EventKind::FeeRefundApproved
            | EventKind::FeeRefunded
            | EventKind::FeeRefundFailed
            | EventKind::MessageReceived
            | EventKind::ProxyEnded
            | EventKind::MessageSent
            | EventKind::HandledExternally
            | EventKind::HandedOver
            | EventKind::VoidProposed
            | EventKind::VoidRejected
            | EventKind::WithdrawalAsked
            | EventKind::WithdrawalRejected
            | EventKind::Rated => {}
        }
    }

    fn go(&mut self, beat: &Beat) {
        self.step = beat.entered_step.map(|step| (step, beat.at));
    }

    fn decide(&mut self, at: DateTime<Utc>) {
        self.decided_at = Some(at);
        self.step = None;
    }

    fn accept(&mut self, at: DateTime<Utc>) {
        self.acceptance_runs = false;
        self.accepted_at = Some(at);
    }

    fn end_procedure(&mut self, beat: &Beat) {
        self.planned_end = None;
        self.resume(beat, EventKind::SpecialProcedureStarted);
    }

    fn extend(&mut self, beat: &Beat) {
        self.extensions
            .extend(beat.extension.map(|length| (length, beat.name.clone())));
    }

    /// Online, what is submitted is received: the term of article 32 starts now, and receiving it by
    /// hand never starts it later. A full correction starts it from 0.
    fn receive(&mut self, at: DateTime<Utc>) {
        self.received_at = Some(at);
        self.acceptance_runs = true;
        self.applicant_since = None;
        self.paused_since = None;
    }

    fn ask_applicant(&mut self, beat: &Beat) {
        self.acceptance_runs = false;
        self.applicant_since = Some(beat.at);
        self.brings_originals = beat.kind == EventKind::PreReviewPassed;
        self.paused_since = Some(beat.at);
    }

    fn pause(&mut self, beat: &Beat) {
        self.planned_end = beat.planned_end;
        self.open.push((beat.kind, self.pauses.len(), beat.at));
        let pause = Pause::open(office_day(beat.at));
        self.pauses.push(match &beat.name {
            Some(name) => pause.named(name),
            None => pause,
        });
        self.paused_since = self.first_open();
    }

    /// Both the day on which a pause begins and that on which it ends do not count.
    fn resume(&mut self, beat: &Beat, begun_by: EventKind) {
        let Some(at) = self.open.iter().rposition(|(kind, ..)| *kind == begun_by) else {
            return;
        };
        let (_, index, _) = self.open.remove(at);
        if let Some(pause) = self.pauses.get_mut(index) {
            pause.to = Some(office_day(beat.at).max(pause.from));
        }
        self.paused_since = self.first_open();
    }

    fn fee_begins(&mut self, at: DateTime<Utc>) {
        let pause = Pause::open(office_day(at)).named(WAITS_FOR_FEE);
        self.fee_pauses.push(pause);
    }

    /// The day of the notice and that of the payment do not count either.
    fn fee_ends(&mut self, at: DateTime<Utc>) {
        if let Some(pause) = self.fee_pauses.iter_mut().rfind(|pause| pause.to.is_none()) {
            pause.to = Some(office_day(at).max(pause.from));
        }
    }

    /// Since when a fee is waited for.
    pub(crate) fn fee_since(&self) -> Option<DateTime<Utc>> {
        let open = self.fee_pauses.iter().find(|pause| pause.to.is_none())?;
        Some(tb_kernel::office_time::start_of_day(open.from))
    }

    fn first_open(&self) -> Option<DateTime<Utc>> {
        self.open.iter().map(|(_, _, since)| *since).min()
    }

    fn end(&mut self, at: DateTime<Utc>) {
        self.ended_at = Some(at);
        self.acceptance_runs = false;
        self.applicant_since = None;
        self.paused_since = None;
        self.planned_end = None;
        self.step = None;
    }
}
