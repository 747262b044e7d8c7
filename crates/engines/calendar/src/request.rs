//! What is asked of the clock: the case's events as far as they move a due date.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::hours::OfficeHours;
use crate::term::Term;

/// The whole country keeps one time: UTC+8, without summer time since 1992.
const OFFICE_TIME: TimeDelta = TimeDelta::hours(8);

/// A day, or a point in time where minutes matter.
///
/// As JSON either `"2026-02-10"` or `"2026-02-10T01:30:00Z"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Moment {
    /// A day by the office's calendar.
    Day(NaiveDate),
    /// A point in time, stored in UTC.
    Instant(DateTime<Utc>),
}

impl Moment {
    /// The office day (UTC+8).
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => office_time(instant).date(),
        }
    }

    /// Day and time on the office's wall clock; a bare day begins at midnight.
    pub(crate) fn wall_clock(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => NaiveDateTime::from(day),
            Self::Instant(instant) => office_time(instant),
        }
    }
}

impl From<NaiveDate> for Moment {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}

/// The office's wall clock at a point in time.
pub(crate) fn office_time(instant: DateTime<Utc>) -> NaiveDateTime {
    instant
        .naive_utc()
        .checked_add_signed(OFFICE_TIME)
        .unwrap_or(NaiveDateTime::MAX)
}

/// The point in time at which the office's wall clock shows `wall`.
pub(crate) fn from_office_time(wall: NaiveDateTime) -> DateTime<Utc> {
    wall.checked_sub_signed(OFFICE_TIME)
        .unwrap_or(NaiveDateTime::MIN)
        .and_utc()
}

/// A closed interval of days on which the clock stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// First day that does not count.
    pub from: NaiveDate,
    /// Last day that does not count; `None` while the pause lasts.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// What to show for it, for instance 听证.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Pause {
    /// A pause that is over.
    pub const fn closed(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from,
            to: Some(to),
            name: None,
        }
    }

    /// A pause that lasts.
    pub const fn open(from: NaiveDate) -> Self {
        Self {
            from,
            to: None,
            name: None,
        }
    }

    /// The same pause with something to show for it.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// An extension, in the unit of the term (working days for a term on the spot).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// How much is added to the term.
    pub length: u32,
    /// What to show for it, for instance 经负责人批准延期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A question to the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// When the clock started. The start day itself does not count.
    pub start: Moment,
    /// The term.
    pub term: Term,
    /// Pauses in any order; they may overlap.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// Extensions; they add up.
    #[serde(default)]
    pub extensions: Vec<Extension>,
    /// Whether a start on a rest day is first moved to the next working day (a local rule).
    #[serde(default)]
    pub start_roll: bool,
    /// Division code whose regional days count.
    #[serde(default)]
    pub region: Option<String>,
    /// Until when an open pause is known to last: normally today. The answer is
    /// then the earliest possible due date; without it an open pause that
    /// stands in the way is an error.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Office hours for terms in minutes or hours; the usual ones if absent.
    #[serde(default)]
    pub office_hours: Option<OfficeHours>,
}

impl Request {
    /// A term from a start on, without pauses and extensions.
    pub fn new(start: impl Into<Moment>, term: Term) -> Self {
        Self {
            start: start.into(),
            term,
            pauses: Vec::new(),
            extensions: Vec::new(),
            start_roll: false,
            region: None,
            as_of: None,
            office_hours: None,
        }
    }

    /// Adds a pause.
    #[must_use]
    pub fn pause(mut self, pause: Pause) -> Self {
        self.pauses.push(pause);
        self
    }

    /// Adds an extension.
    #[must_use]
    pub fn extend(mut self, length: u32) -> Self {
        self.extensions.push(Extension { length, name: None });
        self
    }

    /// Moves a start on a rest day to the next working day.
    #[must_use]
    pub const fn start_roll(mut self) -> Self {
        self.start_roll = true;
        self
    }

    /// Takes a region's own days into account.
    #[must_use]
    pub fn in_region(mut self, code: impl Into<String>) -> Self {
        self.region = Some(code.into());
        self
    }

    /// Lets an open pause last until `day`.
    #[must_use]
    pub const fn as_of(mut self, day: NaiveDate) -> Self {
        self.as_of = Some(day);
        self
    }
}
