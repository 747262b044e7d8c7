//! The clocks of a case for its page, each with its derivation in words and as data.

use chrono::{DateTime, Utc};
use tb_calendar::{Calendar, Locale};
use tb_kernel::office_time;

use crate::api::view::{ClockView, ClocksView};
use crate::entity::case;
use crate::model::clocks::{Alarm, Clocks, Reading};
use crate::model::event::office_day;

/// What clocks are shown by.
pub(super) struct Face<'a> {
    /// The present moment.
    pub now: DateTime<Utc>,
    /// Calendar of the case.
    pub calendar: &'a Calendar,
    /// Language of the words.
    pub locale: Locale,
}

/// The clocks.
pub(super) fn clocks(row: &case::Model, clocks: &Clocks, face: &Face<'_>) -> ClocksView {
    ClocksView {
        clocks: clocks
            .readings()
            .map(|(kind, reading)| clock(kind, reading, clocks, face))
            .collect(),
        yellow_from: clocks.yellow_from,
        paused_since: clocks.paused_since.map(office_time::day),
        calendar_version: row.calendar_version.clone(),
        alarm: clocks.alarm().map(|alarm| alarm.word().to_owned()),
    }
}

fn clock(kind: &str, reading: &Reading, clocks: &Clocks, face: &Face<'_>) -> ClockView {
    let due = reading.due.as_ref();
    let request = &reading.request;
    let stopped_on = stopped_at(kind, clocks).map(office_day);
    let today = stopped_on.unwrap_or_else(|| office_day(face.now));
    let remaining = due.and_then(|due| {
        face.calendar
            .remaining(today, due.date, &request.pauses, request.region.as_deref())
            .ok()
    });
    ClockView {
        kind: kind.to_owned(),
        start: request.start.day(),
        term: request.term.to_text(face.locale),
        due: reading.day(),
        due_at: due.and_then(|due| due.at),
        stopped_on,
        remaining_working_days: remaining,
        overdue: reading
            .until()
            .is_some_and(|until| until <= stands_at(kind, clocks, face.now)),
        open_pause: due.and_then(|due| due.open_pause),
        alarm: reading.alarm.as_ref().map(|alarm| alarm.word().to_owned()),
        missing_year: match reading.alarm {
            Some(Alarm::Provisional { missing_year }) => Some(missing_year),
            _ => None,
        },
        lines: due
            .map(|due| due.derivation.to_text(face.locale))
            .unwrap_or_default(),
        derivation: due.and_then(|due| serde_json::to_value(&due.derivation).ok()),
    }
}

/// The moment that a clock is judged at: the present, or the one at which it stopped.
fn stands_at(kind: &str, clocks: &Clocks, now: DateTime<Utc>) -> DateTime<Utc> {
    match kind {
        "applicant" | "delivery" => now,
        _ => stopped_at(kind, clocks)
            .or(clocks.paused_since)
            .unwrap_or(now),
    }
}

/// When a clock stopped for good: with the decision or another end of the case. A clock that runs
/// towards something else is shown while it runs only.
fn stopped_at(kind: &str, clocks: &Clocks) -> Option<DateTime<Utc>> {
    let running = &clocks.running;
    match kind {
        "applicant" | "delivery" => None,
        _ => running.decided_at.or(running.ended_at),
    }
}
