//! Days and their bounds: `2020-01-31`, `today`, `today-30`, `today+7`.

use chrono::{Datelike, NaiveDate, TimeDelta};

/// How far a relative bound may lie from today: 200 years.
const FARTHEST_DAYS: i64 = 73_050;

/// A bound of a date field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A fixed day.
    Fixed(NaiveDate),
    /// So many days from today.
    FromToday(i64),
}

impl Bound {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let Some(offset) = text.strip_prefix("today") else {
            return read_day(text).map(Self::Fixed);
        };
        if offset.is_empty() {
            return Some(Self::FromToday(0));
        }
        let digits = offset.strip_prefix(['+', '-'])?;
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let days = offset
            .parse::<i64>()
            .ok()
            .filter(|days| days.abs() <= FARTHEST_DAYS)?;
        Some(Self::FromToday(days))
    }

    pub(crate) fn on(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Fixed(day) => day,
            Self::FromToday(days) => TimeDelta::try_days(days)
                .and_then(|offset| today.checked_add_signed(offset))
                .unwrap_or(today),
        }
    }

    /// Whether the first certainly lies after the second, on any day.
    pub(crate) fn surely_after(self, other: Self) -> bool {
        match (self, other) {
            (Self::Fixed(a), Self::Fixed(b)) => a > b,
            (Self::FromToday(a), Self::FromToday(b)) => a > b,
            _ => false,
        }
    }
}

/// Reads `YYYY-MM-DD` strictly, years 1800 to 2200.
pub(crate) fn read_day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1800..=2200).contains(&day.year()).then_some(day)
}
