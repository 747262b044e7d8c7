//! A naive clock, written day by day straight from the document and the words of the design.
//! It shares no code with the crate.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::CALENDAR;

static EXCEPTIONS: LazyLock<(BTreeSet<NaiveDate>, BTreeSet<NaiveDate>)> = LazyLock::new(|| {
    let years = CALENDAR.document().years.values();
    let holidays = years
        .clone()
        .flat_map(|y| y.holidays.iter().map(|h| h.date))
        .collect();
    (holidays, years.flat_map(|y| y.workdays.clone()).collect())
});

pub fn is_working(day: NaiveDate) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    EXCEPTIONS.1.contains(&day) || (!is_weekend && !EXCEPTIONS.0.contains(&day))
}

pub fn is_paused(day: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> bool {
    pauses.iter().any(|(from, to)| *from <= day && day <= *to)
}

/// The first day after `start` up to which `n` working days outside the pauses have gone.
pub fn working(start: NaiveDate, n: u32, pauses: &[(NaiveDate, NaiveDate)]) -> NaiveDate {
    let (mut day, mut left) = (start, n);
    while left > 0 {
        day = day.succ_opt().unwrap();
        if is_working(day) && !is_paused(day, pauses) {
            left -= 1;
        }
    }
    day
}

/// The same for natural days, rolled to the next working day outside the pauses.
pub fn natural(start: NaiveDate, n: u32, pauses: &[(NaiveDate, NaiveDate)]) -> NaiveDate {
    let (mut day, mut left) = (start, n);
    while left > 0 {
        day = day.succ_opt().unwrap();
        if !is_paused(day, pauses) {
            left -= 1;
        }
    }
    while !is_working(day) || is_paused(day, pauses) {
        day = day.succ_opt().unwrap();
    }
    day
}

/// Working days d with `a < d <= b` outside the pauses.
pub fn between(a: NaiveDate, b: NaiveDate, pauses: &[(NaiveDate, NaiveDate)]) -> i32 {
    let days = a.iter_days().skip(1).take_while(|d| *d <= b);
    i32::try_from(
        days.filter(|d| is_working(*d) && !is_paused(*d, pauses))
            .count(),
    )
    .unwrap()
}
