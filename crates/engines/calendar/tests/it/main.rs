//! Behaviour of the working-day clock.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod calendar;
mod derivation;
mod light;
mod oracle;
mod properties;
mod speed;
mod terms;
mod vectors;

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::Calendar;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::embedded().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
