//! The calendar as a document: what the catalogue stores, publishes and imports.
//!
//! Only the exceptions to the plain week are listed: Monday to Friday are
//! worked and Saturday and Sunday are not, unless a day stands here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::CalendarError;

/// A versioned set of years with the regions' own days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDocument {
    /// `<last official year>.<revision>`, see [`CalendarDocument::merge`].
    pub version: String,
    /// Where the data comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Years without a gap.
    pub years: BTreeMap<i32, YearDays>,
    /// One row per region and year; the longest matching region wins.
    #[serde(default)]
    pub overlays: Vec<Overlay>,
}

/// How far a year can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearStatus {
    /// After the yearly notice of the State Council.
    Official,
    /// Statutory days only: the notice, with its shifted days, is not out yet.
    Provisional,
}

/// The exceptions of one year. A notice may also move days in December of the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearDays {
    /// Official or provisional.
    pub status: YearStatus,
    /// Number of the notice, or another source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Days off, weekend days inside a holiday included.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Weekend days that are worked.
    #[serde(default)]
    pub workdays: Vec<NaiveDate>,
}

/// One day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// Its Chinese name, for instance 春节.
    pub name: String,
}

/// A region's own days in one year; they replace the national ones day by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Prefix of the division codes it holds for, for instance `45` for a whole province.
    pub region: String,
    /// The year its days lie in.
    pub year: i32,
    /// Days off in this region.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Days worked in this region.
    #[serde(default)]
    pub workdays: Vec<NaiveDate>,
}

impl CalendarDocument {
    /// Reads a document from JSON and checks it.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        let document: Self = serde_json::from_str(text).map_err(|e| CalendarError::Unreadable {
            reason: e.to_string(),
        })?;
        document.check()?;
        Ok(document)
    }

    /// Checks that years have no gap, that days stand under their year, and that no day is doubled.
    pub fn check(&self) -> Result<(), CalendarError> {
        let first = *self.years.keys().next().ok_or(CalendarError::Empty)?;
        for (expected, (&year, days)) in (first..).zip(&self.years) {
            if year != expected {
                return Err(CalendarError::MissingYear { year: expected });
            }
            check_days(&days.holidays, &days.workdays, |day| {
                if day.year() == year || (day.year() == year - 1 && day.month() == 12) {
                    Ok(())
                } else {
                    Err(CalendarError::ForeignDay { day, year })
                }
            })?;
        }
        self.check_overlays()
    }

    fn check_overlays(&self) -> Result<(), CalendarError> {
        let mut seen = BTreeSet::new();
        for overlay in &self.overlays {
            let (region, year) = (&overlay.region, overlay.year);
            let is_code =
                (1..=12).contains(&region.len()) && region.bytes().all(|b| b.is_ascii_digit());
            if !is_code || !self.years.contains_key(&year) || !seen.insert((region, year)) {
                return Err(CalendarError::InvalidOverlay {
                    region: region.clone(),
                    year,
                });
            }
            check_days(&overlay.holidays, &overlay.workdays, |day| {
                if day.year() == year {
                    Ok(())
                } else {
                    Err(CalendarError::ForeignDay { day, year })
                }
            })?;
        }
        Ok(())
    }
}

fn check_days(
    holidays: &[Holiday],
    workdays: &[NaiveDate],
    belongs: impl Fn(NaiveDate) -> Result<(), CalendarError>,
) -> Result<(), CalendarError> {
    let mut seen = BTreeSet::new();
    for day in holidays
        .iter()
        .map(|h| h.date)
        .chain(workdays.iter().copied())
    {
        belongs(day)?;
        if !seen.insert(day) {
            return Err(CalendarError::ListedTwice { day });
        }
    }
    Ok(())
}
