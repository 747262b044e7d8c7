//! The lights: how urgent a case is, and from when on it is yellow.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::derivation::Due;
use crate::due::Clock;
use crate::error::CalendarError;
use crate::index::Offset;
use crate::request::{Moment, Request, from_office_time};
use crate::term::Unit;

/// The colour of a case, or of a step by its own due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// In time.
    Green,
    /// Due soon.
    Yellow,
    /// Past the promised date.
    Red,
    /// Past the legal date.
    Purple,
    /// Paused in time.
    Grey,
}

/// Thresholds of the yellow light; settings per item type and level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightRules {
    /// Yellow at the latest when so many working days remain; for terms in days and longer.
    pub yellow_working_days: u32,
    /// Yellow when no more than this share of the term remains.
    pub yellow_percent: u32,
    /// Yellow at the latest when so many office minutes remain; for terms in minutes and hours.
    pub yellow_minutes: u32,
}

/// One working day or a fifth of the term; for short terms the fifth alone.
impl Default for LightRules {
    fn default() -> Self {
        Self {
            yellow_working_days: 1,
            yellow_percent: 20,
            yellow_minutes: 0,
        }
    }
}

impl LightRules {
    fn share(&self, term: u32) -> u32 {
        u32::try_from(u64::from(term) * u64::from(self.yellow_percent) / 100).unwrap_or(u32::MAX)
    }
}

/// What the light of a case depends on; all of it can be stored with the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LightInput {
    /// Now.
    pub now: Moment,
    /// Promised due date.
    pub promised: Option<Moment>,
    /// Legal due date.
    pub legal: Option<Moment>,
    /// From when on it is yellow, see [`Calendar::yellow_from`].
    pub yellow_from: Option<Moment>,
    /// First day of the pause that lasts now. The clock stands still from that
    /// day on, so a case that was late before the pause stays late in it.
    pub paused_since: Option<NaiveDate>,
}

/// The light of a case.
pub fn light(input: &LightInput) -> Light {
    let is_past = |due: Option<Moment>| {
        due.is_some_and(|due| match input.paused_since {
            Some(since) => due.day() < since,
            None => is_after(input.now, due),
        })
    };
    if is_past(input.legal) {
        Light::Purple
    } else if is_past(input.promised) {
        Light::Red
    } else if input.paused_since.is_some() {
        Light::Grey
    } else if input
        .yellow_from
        .is_some_and(|from| has_reached(input.now, from))
    {
        Light::Yellow
    } else {
        Light::Green
    }
}

/// A due day is over at its midnight, a due minute when it has gone by.
fn is_after(now: Moment, due: Moment) -> bool {
    match (now, due) {
        (Moment::Instant(now), Moment::Instant(due)) => now > due,
        _ => now.day() > due.day(),
    }
}

fn has_reached(now: Moment, from: Moment) -> bool {
    match (now, from) {
        (Moment::Instant(now), Moment::Instant(from)) => now >= from,
        _ => now.day() >= from.day(),
    }
}

impl Calendar {
    /// From when on a case is yellow: the first day (or minute) on which no more
    /// remains than the rules say. The share is that of the term without extensions.
    ///
    /// `due` is the answer to `request`. Never before the start.
    pub fn yellow_from(
        &self,
        request: &Request,
        due: &Due,
        rules: &LightRules,
    ) -> Result<Moment, CalendarError> {
        let clock = Clock::new(self, request)?;
        if request.term.unit.is_by_clock() {
            let reserve = rules
                .share(clock.minutes(clock.length())?)
                .max(rules.yellow_minutes);
            let before = clock.minutes(clock.total()?)?.saturating_sub(reserve);
            return Ok(Moment::Instant(from_office_time(
                clock.after_minutes(before, None)?.1,
            )));
        }
        let share = rules.share(clock.natural_length(clock.length())?);
        let (due, timeline) = (clock.timeline.index.offset(due.date)?, &clock.timeline);
        let is_near = |day: Offset| {
            let working = timeline.working_days(day, due);
            let left = match request.term.unit {
                Unit::NaturalDays | Unit::Months | Unit::Years => timeline.days(day, due),
                _ => working,
            };
            working <= rules.yellow_working_days || left <= share
        };
        // What remains only shrinks, so that the first near day can be found by halving.
        let (mut low, mut high) = (clock.start.min(due), due);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_near(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(Moment::Day(timeline.index.date(low)))
    }
}
