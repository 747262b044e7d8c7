//! Who did not come several times cannot book for a while: places that stay empty are missing to others.

use chrono::{Days, NaiveDate};

/// The rule.
#[derive(Clone, Copy, Debug)]
pub struct Conduct {
    /// Missed visits after which booking is closed.
    pub missed: u32,
    /// Days within which they lie.
    pub within_days: u32,
    /// Days for which it is closed from the last of them on.
    pub closed_days: u32,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            missed: 3,
            within_days: 90,
            closed_days: 30,
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
}
