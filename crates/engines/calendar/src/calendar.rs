//! The calendar ready for use: a checked document with its indexes.

use chrono::{Days, NaiveDate};

use crate::coverage::{Coverage, CoverageAlarm, OpenSpan};
use crate::document::{CalendarDocument, Overlay};
use crate::error::CalendarError;
use crate::index::{DayKind, Index};
use crate::pauses::Timeline;
use crate::request::Pause;

/// The years shipped with the crate, see `scripts/calendar-data`.
const EMBEDDED: &str = include_str!("../data/calendar.json");

/// A versioned calendar. Building one costs a few milliseconds; share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct Calendar {
    document: CalendarDocument,
    coverage: Coverage,
    open: Vec<OpenSpan>,
    national: Index,
    /// By region prefix, the longest first.
    regional: Vec<(String, Index)>,
}

/// One day as a region sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// Its kind.
    pub kind: DayKind,
    /// Name of the holiday, if it is one.
    pub name: Option<&'a str>,
    /// Whether a coming notice may still change it.
    pub provisional: bool,
}

impl Calendar {
    /// The calendar shipped with the crate: 2004–2026 official, 2027 provisional.
    ///
    /// # Errors
    /// Never with the shipped data (a test loads it).
    pub fn embedded() -> Result<Self, CalendarError> {
        Self::from_json(EMBEDDED)
    }

    /// Builds a calendar from a document's JSON.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        Self::new(CalendarDocument::from_json(text)?)
    }

    /// Checks a document and builds its indexes.
    pub fn new(document: CalendarDocument) -> Result<Self, CalendarError> {
        document.check()?;
        let coverage = Coverage::of(&document).ok_or(CalendarError::Empty)?;
        let (first, last) = (coverage.first_day, coverage.last_day);
        let mut regions: Vec<&str> = document
            .overlays
            .iter()
            .map(|o| o.region.as_str())
            .collect();
        regions.sort_by_key(|region| (std::cmp::Reverse(region.len()), *region));
        regions.dedup();
        let regional = regions
            .iter()
            .map(|region| {
                let mut overlays: Vec<&Overlay> = document
                    .overlays
                    .iter()
                    .filter(|o| region.starts_with(o.region.as_str()))
                    .collect();
                overlays.sort_by_key(|o| o.region.len());
                (
                    (*region).to_owned(),
                    Index::build(&document, first, last, &overlays),
                )
            })
            .collect();
        let national = Index::build(&document, first, last, &[]);
        Ok(Self {
            open: coverage.open_spans(),
            document,
            coverage,
            national,
            regional,
        })
    }

    /// The calendar after importing further years or overlays, see [`CalendarDocument::merge`].
    pub fn merged(&self, import: &CalendarDocument) -> Result<Self, CalendarError> {
        Self::new(self.document.merge(import)?)
    }

    /// The document behind it.
    pub const fn document(&self) -> &CalendarDocument {
        &self.document
    }

    /// The version that results name.
    pub fn version(&self) -> &str {
        &self.document.version
    }

    /// The covered years.
    pub const fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// The alarm, if the `horizon_days` from `today` on are not all settled.
    pub fn coverage_alarm(&self, today: NaiveDate, horizon_days: u32) -> Option<CoverageAlarm> {
        let horizon = today
            .checked_add_days(Days::new(horizon_days.into()))
            .unwrap_or(NaiveDate::MAX);
        self.alarm(today, horizon)
    }

    /// Kind and name of a day.
    pub fn day(&self, date: NaiveDate, region: Option<&str>) -> Result<Day<'_>, CalendarError> {
        let index = self.index(region);
        let day = index
            .day(index.offset(date)?)
            .ok_or_else(|| index.beyond())?;
        Ok(Day {
            kind: day.kind,
            name: index.name(day),
            provisional: self.alarm(date, date).is_some(),
        })
    }

    /// Whether offices work on that day.
    pub fn is_working_day(
        &self,
        date: NaiveDate,
        region: Option<&str>,
    ) -> Result<bool, CalendarError> {
        Ok(self.day(date, region)?.kind.is_working())
    }

    /// The first working day on or after `date`.
    pub fn next_working_day(
        &self,
        date: NaiveDate,
        region: Option<&str>,
    ) -> Result<NaiveDate, CalendarError> {
        let timeline = Timeline::new(self.index(region), &[], None)?;
        Ok(timeline
            .index
            .date(timeline.first_open(timeline.index.offset(date)?)?))
    }

    /// Number of working days d with `a < d <= b`; negative if `b` lies before `a`.
    pub fn working_days_between(
        &self,
        a: NaiveDate,
        b: NaiveDate,
        region: Option<&str>,
    ) -> Result<i32, CalendarError> {
        self.remaining(a, b, &[], region)
    }

    /// Working days left on the morning after `now`: those d with `now < d <= due` outside the pauses.
    ///
    /// Zero on the due date itself; negative by the working days gone since `due`.
    /// An open pause counts up to `now`.
    pub fn remaining(
        &self,
        now: NaiveDate,
        due: NaiveDate,
        pauses: &[Pause],
        region: Option<&str>,
    ) -> Result<i32, CalendarError> {
        let timeline = Timeline::new(self.index(region), pauses, Some(now))?;
        let (now, due) = (timeline.index.offset(now)?, timeline.index.offset(due)?);
        let days =
            |after, upto| i32::try_from(timeline.working_days(after, upto)).unwrap_or(i32::MAX);
        Ok(if now <= due {
            days(now, due)
        } else {
            -days(due, now)
        })
    }

    pub(crate) fn alarm(&self, from: NaiveDate, to: NaiveDate) -> Option<CoverageAlarm> {
        self.coverage.alarm(&self.open, from, to)
    }

    pub(crate) fn index(&self, region: Option<&str>) -> &Index {
        region
            .and_then(|code| {
                self.regional
                    .iter()
                    .find(|(prefix, _)| code.starts_with(prefix.as_str()))
            })
            .map_or(&self.national, |(_, index)| index)
    }
}
