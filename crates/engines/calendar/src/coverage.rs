//! What years a calendar covers, which of its days may still move, and the alarm that says so.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::document::{CalendarDocument, YearStatus};

/// The notice for a year may still shift the days around the turn of the year,
/// so that the end of December is open until the following year is official.
/// (It did so for 2018-12-29, for instance; a week is generous.)
const OPEN_FROM_DECEMBER: u32 = 25;

/// The covered years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// First covered day.
    pub first_day: NaiveDate,
    /// Last covered day, official or provisional.
    pub last_day: NaiveDate,
    /// First official year.
    pub first_official: Option<i32>,
    /// Last official year.
    pub last_official: Option<i32>,
    /// Years for which the official notice is not yet known.
    pub provisional: Vec<i32>,
}

/// Why a date may still change, or cannot be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// A day lies in a provisional year, or at a turn of the year that is not settled.
    Provisional,
    /// A day lies behind the last covered one.
    BeyondCoverage,
}

/// Tells that a notice must be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageAlarm {
    /// How bad it is.
    pub kind: AlarmKind,
    /// The year whose official notice is missing.
    pub missing_year: i32,
    /// Last covered day.
    pub last_covered: NaiveDate,
}

/// A closed span of days that may still move, with the year whose notice would settle it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenSpan {
    from: NaiveDate,
    to: NaiveDate,
    missing_year: i32,
}

impl Coverage {
    /// Coverage of a document; `None` if it holds no year.
    pub(crate) fn of(document: &CalendarDocument) -> Option<Self> {
        let of_status = |status| {
            document
                .years
                .iter()
                .filter(move |(_, d)| d.status == status)
                .map(|(&y, _)| y)
        };
        Some(Self {
            first_day: NaiveDate::from_ymd_opt(*document.years.keys().next()?, 1, 1)?,
            last_day: NaiveDate::from_ymd_opt(*document.years.keys().next_back()?, 12, 31)?,
            first_official: of_status(YearStatus::Official).next(),
            last_official: document.last_official_year(),
            provisional: of_status(YearStatus::Provisional).collect(),
        })
    }

    /// The spans that may still move: provisional years, and ends of December before a year that is not official.
    pub(crate) fn open_spans(&self) -> Vec<OpenSpan> {
        (self.first_day.year()..=self.last_day.year())
            .filter_map(|year| {
                let span = |month, day, missing_year| {
                    let from = NaiveDate::from_ymd_opt(year, month, day)?;
                    Some(OpenSpan {
                        from,
                        to: NaiveDate::from_ymd_opt(year, 12, 31)?,
                        missing_year,
                    })
                };
                let next_is_official =
                    year < self.last_day.year() && !self.provisional.contains(&(year + 1));
                if self.provisional.contains(&year) {
                    span(1, 1, year)
                } else if next_is_official {
                    None
                } else {
                    span(12, OPEN_FROM_DECEMBER, year + 1)
                }
            })
            .collect()
    }

    /// The alarm for the days from `from` to `to`, both included.
    pub(crate) fn alarm(
        &self,
        open: &[OpenSpan],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Option<CoverageAlarm> {
        let alarm = |kind, missing_year| CoverageAlarm {
            kind,
            missing_year,
            last_covered: self.last_day,
        };
        if to > self.last_day {
            return Some(alarm(AlarmKind::BeyondCoverage, self.last_day.year() + 1));
        }
        open.iter()
            .find(|span| span.from <= to && from <= span.to)
            .map(|span| alarm(AlarmKind::Provisional, span.missing_year))
    }
}
