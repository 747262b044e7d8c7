//! What is stored of the clocks, so that lists can be filtered by ranges: the cache, the light that
//! it shows, and the date that a list is ordered by.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use tb_calendar::{Light, LightInput, Moment};
use tb_kernel::office_time;

use super::clocks::{Clocks, PROCEDURE, Reading};
use super::state::State;

/// The clocks as stored. An `until` is the first moment after the term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cache {
    /// Acceptance term.
    pub acceptance_until: Option<DateTime<Utc>>,
    /// Applicant's term.
    pub applicant_until: Option<DateTime<Utc>>,
    /// Legal term.
    pub legal_until: Option<DateTime<Utc>>,
    /// Promised term.
    pub promised_until: Option<DateTime<Utc>>,
    /// Term of the step.
    pub step_until: Option<DateTime<Utc>>,
    /// Term of delivery.
    pub delivery_until: Option<DateTime<Utc>>,
    /// First moment of yellow.
    pub yellow_from: Option<DateTime<Utc>>,
    /// Start of the day from which on it is paused.
    pub paused_since: Option<DateTime<Utc>>,
    /// What lists are ordered by: the end of the clock that matters now; far away where none does.
    pub due_until: DateTime<Utc>,
    /// Which clock that is.
    pub due_kind: Option<String>,
    /// Whether a date may still move or cannot be known.
    pub provisional: bool,
    /// Word of the gravest alarm.
    pub alarm: Option<String>,
}

/// Stands behind every date there is: "no due date" sorts last on both databases.
pub(crate) fn far_away() -> DateTime<Utc> {
    DateTime::from_timestamp(253_370_764_800, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

impl From<&Clocks> for Cache {
    fn from(clocks: &Clocks) -> Self {
        let until = |reading: &Option<Reading>| reading.as_ref().and_then(Reading::until);
        let next = clocks.next();
        Self {
            acceptance_until: until(&clocks.acceptance),
            applicant_until: until(&clocks.applicant),
            legal_until: until(&clocks.legal),
            promised_until: clocks.own_until(clocks.promised.as_ref()),
            step_until: clocks.own_until(clocks.step.as_ref()),
            delivery_until: until(&clocks.delivery),
            yellow_from: clocks.yellow_from,
            paused_since: clocks.paused_since,
            due_until: next.and_then(|(_, until)| until).unwrap_or_else(far_away),
            due_kind: next.map(|(name, _)| name.to_owned()),
            provisional: clocks.alarm().is_some(),
            alarm: clocks.alarm().map(|alarm| alarm.word().to_owned()),
        }
    }
}

/// The moment whose end `until` is: a day where it is a midnight, else a minute.
pub(crate) fn moment(until: DateTime<Utc>) -> Moment {
    let day = office_time::day(until);
    if office_time::start_of_day(day) == until {
        Moment::Day(day.pred_opt().unwrap_or(day))
    } else {
        Moment::Instant(until - Duration::microseconds(1))
    }
}

/// The last day of the term that ends at `until`.
pub(crate) fn last_day(until: DateTime<Utc>) -> NaiveDate {
    moment(until).day()
}

impl Cache {
    /// The light; none where no clock runs towards a decision. Before acceptance the legal date is
    /// that by which the office has to answer.
    pub(crate) fn light(&self, state: State, now: DateTime<Utc>) -> Option<Light> {
        state.is_running().then(|| {
            let yellow_from = self.yellow_from.map(|from| {
                let day = office_time::day(from);
                if office_time::start_of_day(day) == from {
                    Moment::Day(day)
                } else {
                    Moment::Instant(from)
                }
            });
            tb_calendar::light(&LightInput {
                now: Moment::Instant(now),
                promised: self.promised_until.map(moment),
                legal: self.legal_until.or(self.acceptance_until).map(moment),
                yellow_from,
                paused_since: self.paused_since.map(office_time::day),
            })
        })
    }

    /// Whether a special procedure lasts longer than planned. Its time does not count, so the light
    /// stays grey; the overrun is shown beside it.
    pub(crate) fn is_procedure_overdue(&self, now: DateTime<Utc>) -> bool {
        self.due_kind.as_deref() == Some(PROCEDURE) && self.due_until <= now
    }

    /// Whether the step is overdue, even while the case is on time.
    pub(crate) fn is_step_overdue(&self, now: DateTime<Utc>) -> bool {
        self.step_until
            .is_some_and(|until| until <= self.paused_since.unwrap_or(now))
    }
}

#[cfg(test)]
mod tests;
