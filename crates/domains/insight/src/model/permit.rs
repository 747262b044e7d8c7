//! Permits as the national register of credit information wants them (双公示): published within seven
//! working days of the decision.

use chrono::{Datelike, NaiveDate, Weekday};
use tb_calendar::{Calendar, Request, Term};

/// Working days from the decision within which a permit is published.
const PUBLISH_WITHIN: u32 = 7;

/// In the register.
pub(crate) const PUBLISHED: &str = "published";
/// Taken back.
pub(crate) const WITHDRAWN: &str = "withdrawn";
/// 许可类别: what is not said otherwise.
pub(crate) const ORDINARY: &str = "普通";
/// The kinds of permits.
pub(crate) const KINDS: [&str; 6] = ["普通", "特许", "认可", "核准", "登记", "其他"];

/// Last day of publication of a permit decided on `day`.
pub(crate) fn publish_by(calendar: &Calendar, day: NaiveDate, region: &str) -> NaiveDate {
    working_days(calendar, day, PUBLISH_WITHIN, region)
}

/// The last of so many working days behind `day`. Beyond the calendar's years weekends are
/// all that is known: what is decided is published all the same.
pub(super) fn working_days(
    calendar: &Calendar,
    day: NaiveDate,
    many: u32,
    region: &str,
) -> NaiveDate {
    let request = Request::new(day, Term::working_days(many)).in_region(region);
    let due = calendar.due(&request).map(|due| due.date);
    due.unwrap_or_else(|_| {
        let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let within = usize::try_from(many).unwrap_or_default();
        let mut days = day.iter_days().skip(1).filter(|day| !weekend(day));
        days.nth(within.saturating_sub(1)).unwrap_or(day)
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_calendar::Calendar;

    use super::publish_by;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn seven_working_days_skip_the_weekend() {
        let calendar = Calendar::embedded().unwrap();
        let by = |on: &str| publish_by(&calendar, day(on), "430102");
        assert_eq!(by("2026-11-20"), day("2026-12-01"));
        assert_eq!(by("2026-09-24"), day("2026-10-12"));
        assert_eq!(by("2099-06-05"), day("2099-06-16"), "beyond the calendar");
    }
}
