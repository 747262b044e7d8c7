//! Who did not come several times cannot book for a while: places that stay empty are missing to others.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Conduct {
    /// Missed visits after which booking is closed.
    pub missed: u32,
    /// Days within which they lie.
    pub within_days: u32,
    /// Days for which it is closed from the last of them on.
    pub closed_days: u32,
    /// The most visits to come that one account may have booked.
    pub most_open: u32,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            missed: 3,
            within_days: 90,
            closed_days: 30,
            most_open: 5,
        }
    }
}

/// The last day on which somebody cannot book; `missed`: the days of his missed visits, the latest first.
pub(crate) fn closed_until(
    rule: &Conduct,
    missed: &[NaiveDate],
    today: NaiveDate,
) -> Option<NaiveDate> {
    let nth = usize::try_from(rule.missed.checked_sub(1)?).ok()?;
    let (latest, earliest) = (missed.first()?, missed.get(nth)?);
    let span = Days::new(rule.within_days.into());
    if earliest.checked_add_days(span)? < *latest {
        return None;
    }
    let until = latest.checked_add_days(Days::new(rule.closed_days.into()))?;
    (today <= until).then_some(until)
}

/// A slot, from and until.
pub(crate) type Span = (DateTime<Utc>, DateTime<Utc>);

/// Whether somebody would have to be at two counters at once.
pub(crate) fn overlaps(booked: &[Span], wanted: Span) -> bool {
    booked
        .iter()
        .any(|(from, until)| *from < wanted.1 && wanted.0 < *until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(texts: &[&str]) -> Vec<NaiveDate> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn three_in_ninety_days_close_booking_for_thirty() {
        let rule = Conduct::default();
        let until = |missed: &[&str], today: &str| {
            closed_until(&rule, &days(missed), today.parse().unwrap()).map(|day| day.to_string())
        };
        let three = ["2026-11-20", "2026-10-01", "2026-09-01"];
        assert_eq!(until(&three, "2026-11-21").as_deref(), Some("2026-12-20"));
        assert_eq!(until(&three, "2026-12-20").as_deref(), Some("2026-12-20"));
        assert_eq!(until(&three, "2026-12-21"), None);
        assert_eq!(until(&three[..2], "2026-11-21"), None);
        let spread = ["2026-11-20", "2026-10-01", "2026-08-21"];
        assert_eq!(until(&spread, "2026-11-21"), None, "91 days");
        assert_eq!(until(&[], "2026-11-21"), None);
    }

    #[test]
    fn slots_that_touch_do_not_overlap() {
        let at = |hour: u32| format!("2026-11-24T{hour:02}:00:00Z").parse().unwrap();
        let booked = [(at(1), at(2)), (at(6), at(8))];
        assert!(!overlaps(&booked, (at(2), at(6))));
        assert!(overlaps(&booked, (at(7), at(9))));
        assert!(overlaps(&booked, (at(0), at(10))));
        assert!(!overlaps(&[], (at(1), at(2))));
    }
}
