//! When a place is open, and the slots of its counters. Holidays and worked weekends are the calendar's
//! word; a weekend on which a hall opens does not become a working day by it.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use tb_calendar::{Calendar, DayKind};
use tb_kernel::office_time;

use super::site::{CounterDocument, Hours, Period, SiteDocument};

/// A slot of a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Beginning.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Visits that it has room for.
    pub places: u32,
}

/// The hours of a day, and what is said about it.
pub(crate) fn hours(
    document: &SiteDocument,
    day: NaiveDate,
    kind: Option<DayKind>,
) -> (Option<&Hours>, &str) {
    if !document.open {
        return (None, "");
    }
    if let Some(exception) = document.exceptions.iter().find(|one| one.day == day) {
        let hours = Some(&exception.hours).filter(|hours| hours.is_open());
        return (hours, &exception.note);
    }
    let weekday = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
    let at = match kind {
        Some(DayKind::WorkingDay | DayKind::Weekend) => weekday,
        Some(DayKind::WorkedRestDay) => 0,
        // Holidays; and days of which the calendar does not know yet whether they are.
        Some(DayKind::Holiday | DayKind::RegionalHoliday) | None => return (None, ""),
    };
    let hours = document.week.get(at).filter(|hours| hours.is_open());
    (hours, "")
}

/// The kind of a day in a region; none beyond the calendar.
pub(crate) fn kind_of(calendar: &Calendar, day: NaiveDate, region: &str) -> Option<DayKind> {
    calendar.day(day, Some(region)).ok().map(|day| day.kind)
}

/// The slots of a counter on a day; what is left of a half day after its whole slots is none.
pub(crate) fn slots(
    document: &SiteDocument,
    counter: &CounterDocument,
    day: NaiveDate,
    kind: Option<DayKind>,
) -> Vec<Slot> {
    let Some(hours) = hours(document, day, kind).0 else {
        return Vec::new();
    };
    let halves = [
        (&hours.morning, counter.morning),
        (&hours.afternoon, counter.afternoon),
    ];
    let midnight = office_time::start_of_day(day);
    let at = |minute: u32| midnight + Duration::minutes(minute.into());
    let length = document.slot_minutes.max(1);
    let mut slots = Vec::new();
    for (period, places) in halves {
        let Some((from, until)) = period.as_ref().and_then(Period::minutes) else {
            continue;
        };
        let mut start = from;
        while places > 0 && start + length <= until {
            slots.push(Slot {
                starts_at: at(start),
                ends_at: at(start + length),
                places,
            });
            start += length;
        }
    }
    slots
}

/// Whether a slot can still be booked by its applicant.
pub(crate) fn is_in_time(
    document: &SiteDocument,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    now + Duration::minutes(document.close_minutes.into()) <= starts_at
}

/// The last day that can be booked now.
pub(crate) fn last_day(document: &SiteDocument, now: DateTime<Utc>) -> NaiveDate {
    office_time::day(now) + Duration::days(document.ahead_days.into())
}

#[cfg(test)]
mod tests {
    use super::super::site::tests::{document, period};
    use super::super::site::{DayException, Hours};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn times(document: &SiteDocument, on: &str) -> Vec<String> {
        let calendar = Calendar::embedded().unwrap();
        let kind = kind_of(&calendar, day(on), "430102");
        let slots = slots(document, &document.counters[0], day(on), kind);
        let clock = |at: DateTime<Utc>| {
            at.with_timezone(&office_time::shanghai())
                .format("%H:%M")
                .to_string()
        };
        slots
            .into_iter()
            .map(|slot| {
                format!(
                    "{}-{} {}",
                    clock(slot.starts_at),
                    clock(slot.ends_at),
                    slot.places
                )
            })
            .collect()
    }

    #[test]
    fn a_day_has_its_whole_slots_and_half_days_have_their_own_room() {
        let monday = [
            "09:00-10:00 2",
            "10:00-11:00 2",
            "11:00-12:00 2",
            "13:30-14:30 1",
            "14:30-15:30 1",
            "15:30-16:30 1",
        ];
        assert_eq!(times(&document(), "2026-11-23"), monday);
        // A Saturday of its own, no working day though.
        assert_eq!(
            times(&document(), "2026-11-28"),
            ["09:00-10:00 2", "10:00-11:00 2"]
        );
        assert!(times(&document(), "2026-11-29").is_empty());
        // 国庆 2026: a Saturday is worked in the place of a holiday, with the hours of a Monday.
        assert!(times(&document(), "2026-10-01").is_empty());
        assert_eq!(times(&document(), "2026-10-10"), monday);
    }

    #[test]
    fn an_exception_goes_before_everything_and_nothing_is_guessed() {
        let mut place = document();
        let exception = |on: &str, morning| DayException {
            day: day(on),
            hours: Hours {
                morning,
                afternoon: None,
            },
            note: "系统升级".to_owned(),
        };
        place.exceptions = vec![
            exception("2026-11-23", None),
            exception("2026-10-01", Some(period("09:00", "10:30"))),
        ];
        assert!(times(&place, "2026-11-23").is_empty());
        assert_eq!(times(&place, "2026-10-01"), ["09:00-10:00 2"]);
        assert!(times(&place, "2050-11-23").is_empty());
        place.open = false;
        assert!(times(&place, "2026-10-01").is_empty());
    }

    #[test]
    fn a_slot_closes_in_time_and_the_days_ahead_are_counted_from_today() {
        let place = document();
        let now = "2026-11-22T02:00:00Z".parse().unwrap();
        assert!(is_in_time(&place, now + Duration::minutes(60), now));
        assert!(!is_in_time(&place, now + Duration::minutes(59), now));
        assert_eq!(last_day(&place, now), day("2026-11-29"));
    }
}
