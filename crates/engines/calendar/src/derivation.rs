//! How a due date came about, as data: a page draws it, the command line prints it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::coverage::CoverageAlarm;
use crate::request::Moment;
use crate::term::Term;

/// Language of a text for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// What a step of a derivation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The start fell on a rest day (`from`) and moved to `to`; `name` is the holiday.
    StartRolled,
    /// The start day, which does not count.
    StartExcluded,
    /// The start of a term in minutes or hours; `name` is the time.
    StartMoment,
    /// An extension by `days` units moved the due date from `from` to `to`; `name` says why.
    Extension,
    /// The corresponding day of a later month: `from` is the start, `to` that day.
    SameDay,
    /// The later month has no such day: `to` is its end.
    MonthEnd,
    /// Ordinary working days, counted.
    WorkingDays,
    /// Weekend days that are worked, counted.
    WorkedRestDay,
    /// All days of a term in natural days, months or years, counted.
    NaturalDays,
    /// Office minutes of one day, counted; `name` is the time span.
    OfficeTime,
    /// A working day on which the office had already closed.
    AfterHours,
    /// An ordinary weekend, not counted.
    Weekend,
    /// A holiday, not counted.
    Holiday,
    /// A region's own holiday, not counted.
    RegionalHoliday,
    /// A pause; `lost` days would have counted without it.
    Paused,
    /// The office day of a term on the spot.
    OnTheSpot,
    /// The term ended on a rest day (`from`) and moved to `to`; `name` is the holiday.
    EndRolled,
    /// The due date; `name` is the time, for terms in minutes or hours.
    Due,
    /// A pause without an end (since `from`) is in it: `to` is only the earliest due date.
    OpenPause,
    /// The notice for the year `name` is missing: the due date may still move.
    Provisional,
}

/// One line of a derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivationStep {
    /// What it says.
    pub kind: StepKind,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Days from `from` to `to`, both included, for runs of days; the distance for moves; units for extensions.
    pub days: u32,
    /// What these days add to the count: days, or minutes for terms in minutes and hours.
    pub counted: u32,
    /// What they would have added, had the clock not been paused.
    pub lost: u32,
    /// The count after this step.
    pub running: u32,
    /// Name of the holiday or pause, reason, or time, see [`StepKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The whole way from start to due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The start as given.
    pub start: Moment,
    /// The term without extensions.
    pub term: Term,
    /// Term and extensions together, in the term's unit.
    pub total: u32,
    /// The steps in order. From the first counted or skipped run on, the runs
    /// follow each other day by day up to the due date (or the day before it is rolled).
    pub steps: Vec<DerivationStep>,
}

/// The answer of the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day of the term.
    pub date: NaiveDate,
    /// The last minute of the term, if it is in minutes or hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// Whether a coming notice may still move the date; `alarm` says which.
    pub provisional: bool,
    /// Why it is provisional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<CoverageAlarm>,
    /// First day of an open pause that is in it: the date is then the earliest possible one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_pause: Option<NaiveDate>,
    /// Version of the calendar used.
    pub calendar_version: String,
    /// How it came about.
    pub derivation: Derivation,
}

impl Due {
    /// The due date as a moment: with the minute where there is one.
    pub fn moment(&self) -> Moment {
        self.at.map_or(Moment::Day(self.date), Moment::Instant)
    }
}
