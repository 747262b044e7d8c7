//! The years spread out day by day, so that counting and finding working days costs a table look-up.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::document::{CalendarDocument, Holiday, Overlay};
use crate::error::CalendarError;

/// What kind of day a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// An ordinary working day.
    WorkingDay,
    /// A weekend day that is worked.
    WorkedRestDay,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A national holiday, its weekend days included.
    Holiday,
    /// A region's own holiday.
    RegionalHoliday,
}

impl DayKind {
    /// Whether the day is worked.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::WorkingDay | Self::WorkedRestDay)
    }
}

/// A day of one index: kind, and place of its name in the index's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayEntry {
    pub kind: DayKind,
    name: u16,
}

/// Position of a day: days since the first covered one.
pub(crate) type Offset = u32;

/// All covered days as one region sees them.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    first: NaiveDate,
    last: NaiveDate,
    days: Vec<DayEntry>,
    /// `names[0]` is empty: no name.
    names: Vec<String>,
    /// At `i`: the number of working days before offset `i`; one longer than `days`.
    before: Vec<u32>,
    /// The offsets of all working days, ascending.
    working: Vec<Offset>,
}

impl Index {
    /// Builds the index of the country (`overlays` empty) or of a region, its overlays from the widest to the narrowest.
    pub fn build(
        document: &CalendarDocument,
        first: NaiveDate,
        last: NaiveDate,
        overlays: &[&Overlay],
    ) -> Self {
        let mut names = Names::default();
        let mut exceptions = BTreeMap::new();
        for year in document.years.values() {
            enter(
                &mut exceptions,
                &mut names,
                DayKind::Holiday,
                &year.holidays,
                &year.workdays,
            );
        }
        for overlay in overlays {
            enter(
                &mut exceptions,
                &mut names,
                DayKind::RegionalHoliday,
                &overlay.holidays,
                &overlay.workdays,
            );
        }
        let days: Vec<DayEntry> = first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(|day| exceptions.get(&day).copied().unwrap_or_else(|| plain(day)))
            .collect();
        let mut before = vec![0];
        let mut working = Vec::new();
        for (offset, day) in (0..).zip(&days) {
            if day.kind.is_working() {
                working.push(offset);
            }
            before.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
        }
        Self {
            first,
            last,
            days,
            names: names.list,
            before,
            working,
        }
    }

    /// Where `date` lies, or the error that it is not covered.
    pub fn offset(&self, date: NaiveDate) -> Result<Offset, CalendarError> {
        if date < self.first {
            return Err(CalendarError::BeforeCoverage {
                day: date,
                first_covered: self.first,
            });
        }
        if date > self.last {
            return Err(self.beyond());
        }
        u32::try_from((date - self.first).num_days()).map_err(|_| self.beyond())
    }

    /// Like [`Index::offset`], but a day outside is moved to the nearest covered one.
    pub fn clamped(&self, date: NaiveDate) -> Offset {
        let inside = date.clamp(self.first, self.last);
        u32::try_from((inside - self.first).num_days()).unwrap_or(0)
    }

    /// The date at a covered offset.
    pub fn date(&self, offset: Offset) -> NaiveDate {
        self.first
            .checked_add_days(Days::new(offset.into()))
            .unwrap_or(self.last)
    }

    /// The offset of the last covered day.
    pub fn end(&self) -> Offset {
        self.clamped(self.last)
    }

    pub fn day(&self, offset: Offset) -> Option<DayEntry> {
        self.days.get(offset as usize).copied()
    }

    pub fn name(&self, day: DayEntry) -> Option<&str> {
        self.names
            .get(usize::from(day.name))
            .map(String::as_str)
            .filter(|name| !name.is_empty())
    }

    /// Working days at offsets up to and including `offset`.
    pub fn rank(&self, offset: Offset) -> u32 {
        self.before
            .get(offset as usize + 1)
            .or(self.before.last())
            .copied()
            .unwrap_or(0)
    }

    /// Working days d with `after < d <= upto`.
    pub fn count(&self, after: Offset, upto: Offset) -> u32 {
        self.rank(upto).saturating_sub(self.rank(after))
    }

    /// Working days of `from..=to`.
    pub fn working_in(&self, from: Offset, to: Offset) -> u32 {
        let before = if from == 0 { 0 } else { self.rank(from - 1) };
        self.rank(to).saturating_sub(before)
    }

    /// The working day number `rank` (from 1), or the error that it lies beyond the coverage.
    pub fn select(&self, rank: u32) -> Result<Offset, CalendarError> {
        let place = (rank as usize).checked_sub(1);
        place
            .and_then(|i| self.working.get(i))
            .copied()
            .ok_or_else(|| self.beyond())
    }

    /// The error for anything behind the last covered day.
    pub const fn beyond(&self) -> CalendarError {
        CalendarError::BeyondCoverage {
            last_covered: self.last,
        }
    }
}

fn plain(day: NaiveDate) -> DayEntry {
    let kind = match day.weekday() {
        Weekday::Sat | Weekday::Sun => DayKind::Weekend,
        _ => DayKind::WorkingDay,
    };
    DayEntry { kind, name: 0 }
}

fn enter(
    exceptions: &mut BTreeMap<NaiveDate, DayEntry>,
    names: &mut Names,
    rest: DayKind,
    holidays: &[Holiday],
    workdays: &[NaiveDate],
) {
    for holiday in holidays {
        exceptions.insert(
            holiday.date,
            DayEntry {
                kind: rest,
                name: names.number(&holiday.name),
            },
        );
    }
    for &date in workdays {
        let kind = match plain(date).kind {
            DayKind::Weekend => DayKind::WorkedRestDay,
            other => other,
        };
        exceptions.insert(date, DayEntry { kind, name: 0 });
    }
}

/// Holiday names, each once.
struct Names {
    list: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            list: vec![String::new()],
            numbers: HashMap::new(),
        }
    }
}

impl Names {
    fn number(&mut self, name: &str) -> u16 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        // More than 65,535 different names cannot be meant: such days go without one.
        let Ok(number) = u16::try_from(self.list.len()) else {
            return 0;
        };
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}
