//! Terms of rectification: working days from the day after the start, and from when on they are
//! yellow.

use chrono::NaiveDate;
use tb_calendar::{Calendar, CalendarError, LightRules, Request};

/// A term that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// Last day.
    pub due: NaiveDate,
    /// From when on it is yellow.
    pub yellow_from: NaiveDate,
}

/// A fifth of the term; a term of one day is yellow on its last day.
const RULES: LightRules = LightRules {
    yellow_working_days: 0,
    yellow_percent: 20,
    yellow_minutes: 0,
};

/// The term of `days` working days after `from`.
pub(crate) fn term(
    calendar: &Calendar,
    from: NaiveDate,
    days: u32,
    region: &str,
) -> Result<Term, CalendarError> {
    let request = Request::new(from, tb_calendar::Term::working_days(days)).in_region(region);
    let due = calendar.due(&request)?;
    let yellow_from = calendar.yellow_from(&request, &due, &RULES)?.day();
    Ok(Term {
        due: due.date,
        yellow_from,
    })
}

/// The light of a term: green, yellow, or red once its last day is over.
pub(crate) fn light(today: NaiveDate, due: NaiveDate, yellow_from: NaiveDate) -> &'static str {
    if today > due {
        "red"
    } else if today >= yellow_from {
        "yellow"
    } else {
        "green"
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_calendar::Calendar;

    use super::{light, term};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn terms_go_by_working_days_and_turn_yellow_near_their_end() {
        let calendar = Calendar::embedded().unwrap_or_else(|error| panic!("{error}"));
        let of = |from: &str, days| {
            let term = term(&calendar, day(from), days, "430102");
            term.map(|term| (term.due.to_string(), term.yellow_from.to_string()))
                .unwrap_or_default()
        };
        let pair = |due: &str, yellow: &str| (due.to_owned(), yellow.to_owned());
        // A Sunday; a Thursday before National Day.
        assert_eq!(of("2026-11-22", 1), pair("2026-11-23", "2026-11-23"));
        assert_eq!(of("2026-11-22", 5), pair("2026-11-27", "2026-11-26"));
        assert_eq!(of("2026-09-30", 1), pair("2026-10-08", "2026-10-08"));
        let (due, yellow) = (day("2026-11-27"), day("2026-11-26"));
        assert_eq!(light(day("2026-11-25"), due, yellow), "green");
        assert_eq!(light(yellow, due, yellow), "yellow");
        assert_eq!(light(due, due, yellow), "yellow");
        assert_eq!(light(day("2026-11-28"), due, yellow), "red");
    }
}
