//! The clocks of a case: one pure function over its events, the item's terms and the calendar.
//! Stored columns are a cache of what it answers.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tb_calendar::{
    AlarmKind, Calendar, CalendarError, Due, Extension, LightRules, Moment, Request, Term,
};
use tb_contract::item::{CaseKind, ItemDocument, Step};
use tb_kernel::office_time;

use super::event::{Beat, office_day};
use super::running::{Running, running};

/// Article 32 (4): what is missing is told within five working days, or the case counts as
/// accepted from receipt.
pub(crate) const ACCEPTANCE: Term = Term::working_days(5);
/// Article 44: the result is handed over within ten working days of the decision.
pub(crate) const DELIVERY: Term = Term::working_days(10);
/// An applicant's term for a correction where the item says nothing.
pub(crate) const CORRECTION: Term = Term::working_days(5);

/// The name of what a case in a special procedure waits for: the end that was planned.
pub(crate) const PROCEDURE: &str = "procedure";

/// An applicant's term for bringing the originals to the counter.
pub(crate) const ORIGINALS: Term = Term::working_days(10);

/// The terms that an item sets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    /// For a correction.
    pub correction: Term,
    /// Legal term.
    pub legal: Option<Term>,
    /// Promised term.
    pub promised: Option<Term>,
    /// Terms of the steps, in order.
    pub steps: Vec<Term>,
    /// For the check of a promise, after the decision.
    pub check: Option<Term>,
    /// Region whose own days count.
    pub region: String,
    /// Whether a start on a rest day moves to the next working day, as some divisions rule.
    pub start_roll: bool,
}

impl Terms {
    /// The terms of an item.
    pub(crate) fn of(item: &ItemDocument, start_roll: bool) -> Self {
        Self {
            correction: item.correction_term.unwrap_or(CORRECTION),
            legal: item.legal_term,
            promised: item.promised_term,
            steps: plan(item).iter().map(|step| step.term).collect(),
            check: item.commitment.as_ref().map(|rule| rule.check_term),
            region: item.region.as_str().to_owned(),
            start_roll,
        }
    }
}

/// The steps of an item's examination: an instant item is decided without any.
pub(crate) fn plan(item: &ItemDocument) -> &[Step] {
    if item.case_kind == CaseKind::Instant {
        &[]
    } else {
        &item.steps
    }
}

/// Why a date is open or may still move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Alarm {
    /// The notice for this year is missing: the date may still move.
    Provisional {
        /// The year.
        missing_year: i32,
    },
    /// The term reaches past the covered years: there is no date.
    BeyondCoverage {
        /// Last covered day.
        last_covered: NaiveDate,
    },
    /// The calendar cannot answer, by its code.
    Unanswered(&'static str),
}

impl Alarm {
    /// The word that is stored with the case.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Provisional { .. } => "provisional",
            Self::BeyondCoverage { .. } => "beyond_coverage",
            Self::Unanswered(code) => code,
        }
    }
}

/// One clock as it reads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// What was asked.
    pub request: Request,
    /// The answer with its derivation; none where the calendar does not reach.
    pub due: Option<Due>,
    /// What is uncertain about it.
    pub alarm: Option<Alarm>,
}

impl Reading {
    /// The first moment after the term: midnight after the last day, or the microsecond after the
    /// last minute. Time is kept in microseconds, so "past the term" is `now >= until`.
    pub(crate) fn until(&self) -> Option<DateTime<Utc>> {
        self.due.as_ref().map(|due| after(due.moment()))
    }

    /// The last day.
    pub(crate) fn day(&self) -> Option<NaiveDate> {
        self.due.as_ref().map(|due| due.date)
    }
}

/// The first moment after a due moment.
pub(crate) fn after(due: Moment) -> DateTime<Utc> {
    match due {
        Moment::Day(day) => office_time::start_of_day(day.succ_opt().unwrap_or(NaiveDate::MAX)),
        Moment::Instant(at) => at + Duration::microseconds(1),
    }
}

/// The moment at which `from` has been reached.
fn reached(from: Moment) -> DateTime<Utc> {
    match from {
        Moment::Day(day) => office_time::start_of_day(day),
        Moment::Instant(at) => at,
    }
}

/// Every clock of a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Clocks {
    /// Starts and stops.
    pub running: Running,
    /// By when the office answers the application; while it runs.
    pub acceptance: Option<Reading>,
    /// Legal term, from acceptance on.
    pub legal: Option<Reading>,
    /// Promised term, from acceptance on.
    pub promised: Option<Reading>,
    /// The step under way.
    pub step: Option<Reading>,
    /// The applicant's term for a correction; while it runs.
    pub applicant: Option<Reading>,
    /// Handing over the result, from the decision to the delivery.
    pub delivery: Option<Reading>,
    /// When a promise has to be checked, where the decision rests on one.
    pub check: Option<Reading>,
    /// From when on the case is yellow.
    pub yellow_from: Option<DateTime<Utc>>,
    /// Start of the office day from which on it is paused.
    pub paused_since: Option<DateTime<Utc>>,
}

impl Clocks {
    /// Every clock that shows something, by name.
    pub(crate) fn readings(&self) -> impl Iterator<Item = (&'static str, &Reading)> {
        [
            ("acceptance", &self.acceptance),
            ("applicant", &self.applicant),
            ("promised", &self.promised),
            ("legal", &self.legal),
            ("step", &self.step),
            ("delivery", &self.delivery),
        ]
        .into_iter()
        .filter_map(|(name, reading)| reading.as_ref().map(|reading| (name, reading)))
    }

    /// The gravest alarm of them all.
    pub(crate) fn alarm(&self) -> Option<&Alarm> {
        let alarms = || {
            self.readings()
                .map(|(_, reading)| reading)
                .chain(&self.check)
                .filter_map(|reading| reading.alarm.as_ref())
        };
        alarms()
            .find(|alarm| !matches!(alarm, Alarm::Provisional { .. }))
            .or_else(|| alarms().next())
    }

    /// The first moment after the planned end of the special procedure under way.
    pub(crate) fn procedure_until(&self) -> Option<DateTime<Utc>> {
        let day = self.running.planned_end?;
        Some(after(Moment::Day(day)))
    }

    /// The first moment after a term of the office's own. While a fee is waited for it has none: the
    /// payment gives it one. What was over before stays over.
    pub(crate) fn own_until(&self, reading: Option<&Reading>) -> Option<DateTime<Utc>> {
        let until = reading.and_then(Reading::until)?;
        let waits = self.running.fee_since();
        Some(until).filter(|until| waits.is_none_or(|since| *until <= since))
    }

    /// The clock that matters now, and the first moment after its term.
    pub(crate) fn next(&self) -> Option<(&'static str, Option<DateTime<Utc>>)> {
        match self.procedure_until() {
            Some(until) => Some((PROCEDURE, Some(until))),
            None => self
                .next_reading()
                .map(|(name, reading)| (name, reading.until())),
        }
    }

    fn next_reading(&self) -> Option<(&'static str, &Reading)> {
        let decided = self.running.decided_at.is_some();
        self.readings().find(|(name, reading)| match *name {
            "delivery" => true,
            "step" => false,
            "promised" if self.own_until(Some(reading)).is_none() => false,
            _ => !decided && self.running.ended_at.is_none(),
        })
    }
}

/// Reads every clock. `as_of`: until when an open pause is known to last.
pub(crate) fn clocks(
    beats: &[Beat],
    terms: &Terms,
    calendar: &Calendar,
    rules: &LightRules,
    as_of: NaiveDate,
) -> Clocks {
    let running = running(beats, terms.steps.len());
    let desk = Desk {
        terms,
        calendar,
        as_of,
        running: &running,
    };
    let acceptance = running
        .received_at
        .filter(|_| running.acceptance_runs)
        .map(|at| desk.plain(at, ACCEPTANCE));
    let applicant = running.applicant_since.map(|at| {
        let term = if running.brings_originals {
            ORIGINALS
        } else {
            terms.correction
        };
        desk.plain(at, term)
    });
    let legal = running
        .accepted_at
        .zip(terms.legal)
        .map(|(at, term)| desk.legal(at, term));
    let promised = running
        .accepted_at
        .zip(terms.promised)
        .map(|(at, term)| desk.promised(at, term));
    let step = running
        .step
        .and_then(|(index, at)| Some(desk.paused(at, *terms.steps.get(index)?)));
    let handed_over = running.delivered_at.is_some();
    let delivery = running
        .decided_at
        .filter(|_| !handed_over)
        .map(|at| desk.plain(at, DELIVERY));
    let check = running
        .decided_at
        .zip(terms.check)
        .map(|(at, term)| desk.plain(at, term));
    let waits_for_fee = running.fee_since().is_some();
    let own = promised.as_ref().filter(|_| !waits_for_fee);
    let lit = own.or(legal.as_ref()).or(acceptance.as_ref());
    let yellow_from = lit.and_then(|reading| {
        let due = reading.due.as_ref()?;
        calendar
            .yellow_from(&reading.request, due, rules)
            .ok()
            .map(reached)
    });
    let paused_since = running
        .paused_since
        .map(|at| office_time::start_of_day(office_day(at)));
    Clocks {
        running,
        acceptance,
        legal,
        promised,
        step,
        applicant,
        delivery,
        check,
        yellow_from,
        paused_since,
    }
}

struct Desk<'a> {
    terms: &'a Terms,
    calendar: &'a Calendar,
    as_of: NaiveDate,
    running: &'a Running,
}

impl Desk<'_> {
    /// A term that nothing pauses.
    fn plain(&self, start: DateTime<Utc>, term: Term) -> Reading {
        let mut request = Request::new(start, term).in_region(&self.terms.region);
        request.start_roll = self.terms.start_roll;
        self.read(request)
    }

    /// A term of the office's own: special procedures and suspensions pause it, and so does waiting
    /// for a fee, which the law (article 45 of the permit law names what does not count) does not know.
    fn paused(&self, start: DateTime<Utc>, term: Term) -> Reading {
        self.read(self.own_request(start, term))
    }

    fn own_request(&self, start: DateTime<Utc>, term: Term) -> Request {
        let mut request = self.paused_request(start, term);
        request.pauses.extend_from_slice(&self.running.fee_pauses);
        request
    }

    fn paused_request(&self, start: DateTime<Utc>, term: Term) -> Request {
        let mut request = Request::new(start, term)
            .in_region(&self.terms.region)
            .as_of(self.as_of);
        request.start_roll = self.terms.start_roll;
        request.pauses.clone_from(&self.running.pauses);
        request
    }

    fn legal(&self, start: DateTime<Utc>, term: Term) -> Reading {
        self.read(self.extended(self.paused_request(start, term)))
    }

    /// The promise moves with an extension, but never past the legal date as it was before it.
    fn promised(&self, start: DateTime<Utc>, term: Term) -> Reading {
        let plain = self.own_request(start, term);
        let Some(legal) = self
            .terms
            .legal
            .filter(|_| !self.running.extensions.is_empty())
        else {
            return self.read(plain);
        };
        let moved = self.read(self.extended(plain));
        let bound = self.read(self.paused_request(start, legal));
        match (moved.until(), bound.until()) {
            (Some(moved_until), Some(bound_until)) if moved_until > bound_until => bound,
            _ => moved,
        }
    }

    fn extended(&self, mut request: Request) -> Request {
        let extensions = self.running.extensions.iter();
        request.extensions = extensions
            .map(|(length, name)| Extension {
                length: *length,
                name: name.clone(),
            })
            .collect();
        request
    }

    fn read(&self, request: Request) -> Reading {
        match self.calendar.due(&request) {
            Ok(due) => {
                let alarm = due.alarm.as_ref().map(|alarm| match alarm.kind {
                    AlarmKind::Provisional => Alarm::Provisional {
                        missing_year: alarm.missing_year,
                    },
                    AlarmKind::BeyondCoverage => Alarm::BeyondCoverage {
                        last_covered: alarm.last_covered,
                    },
                });
                Reading {
                    request,
                    due: Some(due),
                    alarm,
                }
            }
            Err(CalendarError::BeyondCoverage { last_covered }) => Reading {
                request,
                due: None,
                alarm: Some(Alarm::BeyondCoverage { last_covered }),
            },
            Err(error) => Reading {
                request,
                due: None,
                alarm: Some(Alarm::Unanswered(error.code())),
            },
        }
    }
}

#[cfg(test)]
mod tests;
