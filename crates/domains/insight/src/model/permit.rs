//! Permits as the national register of credit information wants them (双公示): published within seven
//! working days of the decision, with their validity as dates where its words say one.

use chrono::{Months, NaiveDate};
use tb_calendar::{Calendar, CalendarError, Request, Term};

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
pub(crate) fn publish_by(
    calendar: &Calendar,
    day: NaiveDate,
    region: &str,
) -> Result<NaiveDate, CalendarError> {
    let request = Request::new(day, Term::working_days(PUBLISH_WITHIN)).in_region(region);
    Ok(calendar.due(&request)?.date)
}

/// The last day of a validity in words: `5 年`, `三年`, `6个月`; none where it names no span.
pub(crate) fn valid_to(from: NaiveDate, words: &str) -> Option<NaiveDate> {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let number: String = words.chars().take_while(|c| digit(*c).is_some()).collect();
    let rest = words.get(number.len()..)?;
    let many = read(&number)?;
    let months = if rest.starts_with('年') {
        many.checked_mul(12)?
    } else if rest.starts_with("个月") {
        many
    } else {
        return None;
    };
    from.checked_add_months(Months::new(months))?.pred_opt()
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        let at = "零一二三四五六七八九十".chars().position(|one| one == c)?;
        u32::try_from(at).ok()
    })
}

/// Digits, or Chinese up to ninety-nine.
fn read(number: &str) -> Option<u32> {
    if let Ok(plain) = number.parse() {
        return (plain > 0).then_some(plain);
    }
    let (tens, ones) = match number.split_once('十') {
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (tens.chars().next().and_then(digit)?, ones),
        None => (0, number),
    };
    let ones = match ones.chars().next() {
        Some(c) => digit(c)?,
        None => 0,
    };
    let all = tens * 10 + ones;
    (all > 0).then_some(all)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_calendar::Calendar;

    use super::{publish_by, valid_to};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn validity_in_words_becomes_a_date_or_stays_words() {
        let from = day("2026-11-22");
        for (words, to) in [
            ("5年", Some("2031-11-21")),
            ("5 年", Some("2031-11-21")),
            ("三年", Some("2029-11-21")),
            ("十年", Some("2036-11-21")),
            ("二十年", Some("2046-11-21")),
            ("6个月", Some("2027-05-21")),
            ("长期", None),
            ("", None),
            ("年", None),
            ("5次", None),
        ] {
            assert_eq!(valid_to(from, words), to.map(day), "{words}");
        }
    }

    #[test]
    fn seven_working_days_skip_the_weekend() {
        let calendar = Calendar::embedded().unwrap();
        let by = |on: &str| publish_by(&calendar, day(on), "430102").unwrap();
        assert_eq!(by("2026-11-20"), day("2026-12-01"));
        assert_eq!(by("2026-09-24"), day("2026-10-12"));
    }
}
