//! What the clocks of a case are doing, folded from its events: when each started, whether it still
//! runs, what pauses and extensions there were. Needs no calendar.

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::Pause;
use uuid::Uuid;

use super::event::{Beat, EventKind, office_day};

/// What a derivation shows for the time in which a fee is waited for.
const WAITS_FOR_FEE: &str = "等待缴费";
/// … and for the time that a hearing takes.
const HEARING: &str = "听证";

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
    /// Those that last.
    open: Vec<OpenPause>,
    /// Waiting for a fee: holds up what was promised, never what the law says.
    pub fee_pauses: Vec<Pause>,
    /// The orders that are to be paid.
    fee_open: Vec<Option<Uuid>>,
    /// Orders about which the applicant has asked something that the office has not answered.
    fee_questions: Vec<Option<Uuid>>,
    /// Extensions of the legal term.
    pub extensions: Vec<(u32, Option<String>)>,
    /// Since when all that counts against the office stands still.
    pub paused_since: Option<DateTime<Utc>>,
    /// Planned last day of the special procedure or the hearing under way; the earlier of both.
    pub planned_end: Option<NaiveDate>,
    /// The decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Closure.
    pub closed_at: Option<DateTime<Utc>>,
    /// Delivery.
    pub delivered_at: Option<DateTime<Utc>>,
    /// Another end.
    pub ended_at: Option<DateTime<Utc>>,
    /// Steps of the examination.
    steps: usize,
}

/// A pause that lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OpenPause {
    /// What began it.
    by: EventKind,
    /// Its place in the pauses.
    place: usize,
    /// When.
    since: DateTime<Utc>,
    /// Planned last day.
    planned_end: Option<NaiveDate>,
}

/// Folds the events of a case whose examination has so many steps, in their order.
pub(crate) fn running(beats: &[Beat], steps: usize) -> Running {
    let mut clocks = Running {
        steps,
        ..Running::default()
    };
    for beat in beats {
        clocks.take(beat);
    }
    clocks
}

/// Whether an event moves no clock.
fn leaves_clocks(kind: EventKind) -> bool {
    use EventKind as E;
    matches!(
        kind,
        E::Received
            | E::Reminded
            | E::JointAnswered
            | E::JointReturned
            | E::DeferredUrged
            | E::DeferredSupplied
            | E::Urged
            | E::Supervised
            | E::SupervisionReplied
            | E::OpinionAsked
            | E::OpinionGiven
            | E::OpinionDeclined
            | E::OpinionWithdrawn
            | E::CommitmentChecked
            | E::RectificationOrdered
            | E::RevocationProposed
            | E::StatementMade
            | E::DecisionRevoked
            | E::DecisionKept
            | E::DeliveryChosen
            | E::Dispatched
            | E::RelaySent
            | E::RelayArrived
            | E::RelayReturned
            | E::ResultShelved
            | E::ParcelReturned
            | E::DeliveryChangeLate
            | E::ReceiptConfirmed
            | E::ResultAttached
            | E::FeeRefundAsked
            | E::FeeProposed
            | E::FeeReduced
            | E::FeeReminded
            | E::FeeRefundApproved
            | E::FeeRefunded
            | E::FeeRefundFailed
            | E::MessageReceived
            | E::ProxyEnded
            | E::MessageSent
            | E::HearingRightTold
            | E::HearingCalled
            | E::HandledExternally
            | E::HandedOver
            | E::VoidProposed
            | E::VoidRejected
            | E::WithdrawalAsked
            | E::WithdrawalRejected
            | E::Rated
    )
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
            EventKind::HearingAsked => self.hearing_asked(beat),
            EventKind::SpecialProcedureEnded => {
                self.resume(beat, EventKind::SpecialProcedureStarted);
            }
            EventKind::HearingHeld => self.resume(beat, EventKind::HearingAsked),
            EventKind::HearingWaived => self.hearing_waived(beat),
            EventKind::FeeNoticed | EventKind::FeeBilled => self.fee_begins(beat),
            EventKind::FeePaid
            | EventKind::FeeExempted
            | EventKind::FeeLapsed
            | EventKind::FeeCancelled => {
                self.fee_ends(beat);
            }
            EventKind::FeeReductionAsked => self.fee_asked(beat),
            EventKind::FeeRequestRefused => self.fee_refused(beat),
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
            kind => {
                debug_assert!(leaves_clocks(kind), "{kind} says nothing to the clocks");
            }
        }
    }

    fn go(&mut self, beat: &Beat) {
        self.step = beat.entered_step.map(|step| (step, beat.at));
        self.look_at_fees(beat);
    }

    fn decide(&mut self, at: DateTime<Utc>) {
        self.decided_at = Some(at);
        self.step = None;
    }

    fn accept(&mut self, at: DateTime<Utc>) {
        self.acceptance_runs = false;
        self.accepted_at = Some(at);
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
        self.open.push(OpenPause {
            by: beat.kind,
            place: self.pauses.len(),
            since: beat.at,
            planned_end: beat.planned_end,
        });
        let pause = Pause::open(office_day(beat.at));
        let name = match beat.kind {
            // Why it was asked for may name people.
            EventKind::HearingAsked => Some(HEARING),
            _ => beat.name.as_deref(),
        };
        self.pauses.push(match name {
            Some(name) => pause.named(name),
            None => pause,
        });
        self.look_at_open();
    }

    /// The first who asks begins the pause; whoever asks after him can only bring its end nearer.
    fn hearing_asked(&mut self, beat: &Beat) {
        match self.open_hearing() {
            None => self.pause(beat),
            Some(open) => {
                open.planned_end = open.planned_end.into_iter().chain(beat.planned_end).min();
                self.look_at_open();
            }
        }
    }

    /// Where others still want it, the pause lasts until their day.
    fn hearing_waived(&mut self, beat: &Beat) {
        match (beat.planned_end, self.open_hearing()) {
            (Some(hold_by), Some(open)) => {
                open.planned_end = Some(hold_by);
                self.look_at_open();
            }
            _ => self.resume(beat, EventKind::HearingAsked),
        }
    }

    fn open_hearing(&mut self) -> Option<&mut OpenPause> {
        let of_hearing = |open: &&mut OpenPause| open.by == EventKind::HearingAsked;
        self.open.iter_mut().find(of_hearing)
    }

    /// Both the day on which a pause begins and that on which it ends do not count.
    fn resume(&mut self, beat: &Beat, begun_by: EventKind) {
        let Some(at) = self.open.iter().rposition(|open| open.by == begun_by) else {
            return;
        };
        let ended = self.open.remove(at);
        if let Some(pause) = self.pauses.get_mut(ended.place) {
            pause.to = Some(office_day(beat.at).max(pause.from));
        }
        self.look_at_open();
    }

    /// A code to pay by is out: the applicant's turn.
    fn fee_begins(&mut self, beat: &Beat) {
        self.fee_questions.retain(|order| *order != beat.fee_order);
        if !self.fee_open.contains(&beat.fee_order) {
            self.fee_open.push(beat.fee_order);
        }
        self.look_at_fees(beat);
    }

    /// Nobody waits for the money of this order any more, and of no other; those written before orders
    /// were named end with any.
    fn fee_ends(&mut self, beat: &Beat) -> bool {
        self.fee_questions.retain(|order| *order != beat.fee_order);
        let is_of = |order: &Option<Uuid>| order.is_none() || *order == beat.fee_order;
        let Some(at) = self.fee_open.iter().rposition(is_of) else {
            return false;
        };
        self.fee_open.remove(at);
        self.look_at_fees(beat);
        true
    }

    /// While a step is to be done the office has its own work, whoever owes it money: what was promised
    /// stands still only where nothing but a payment is waited for; before the acceptance as well, which by
    /// silence counts from the receipt. The days on which that begins and ends do not count either.
    fn look_at_fees(&mut self, beat: &Beat) {
        let works = self.step.is_some_and(|(step, _)| step < self.steps);
        let waits = !self.fee_open.is_empty() && !works;
        let day = office_day(beat.noted_at);
        let lasting = self.fee_pauses.iter_mut().find(|pause| pause.to.is_none());
        match lasting {
            None if waits => self.fee_pauses.push(Pause::open(day).named(WAITS_FOR_FEE)),
            Some(pause) if !waits => pause.to = Some(day.max(pause.from)),
            _ => {}
        }
    }

    /// It is the office's turn to answer: what it takes for that is its own time.
    fn fee_asked(&mut self, beat: &Beat) {
        if self.fee_ends(beat) {
            self.fee_questions.push(beat.fee_order);
        }
    }

    /// It has answered no: the applicant's turn again, where he had to pay.
    fn fee_refused(&mut self, beat: &Beat) {
        if self.fee_questions.contains(&beat.fee_order) {
            self.fee_begins(beat);
        }
    }

    /// Since when nothing but a fee is waited for.
    pub(crate) fn fee_since(&self) -> Option<DateTime<Utc>> {
        let open = self.fee_pauses.iter().find(|pause| pause.to.is_none())?;
        Some(tb_kernel::office_time::start_of_day(open.from))
    }

    fn look_at_open(&mut self) {
        self.paused_since = self.open.iter().map(|open| open.since).min();
        self.planned_end = self.open.iter().filter_map(|open| open.planned_end).min();
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

#[cfg(test)]
mod tests;
