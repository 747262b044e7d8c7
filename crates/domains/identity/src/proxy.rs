//! The rules of authorisations between citizens (委托授权): for which days, for what, and how one
//! stands. Pure.

use chrono::{Days, Months, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;

/// Longest time, in months: what nobody looks at again is forgotten, and a forgotten authorisation
/// is one that can be misused. Who still wants it gives it anew.
const LONGEST: u32 = 12;
/// How far ahead it may begin, in days.
const FARTHEST: u64 = 90;
/// Most matters that are named one by one; who wants more authorises for all.
const MOST_ITEMS: usize = 20;
/// Longest code of a matter.
const LONGEST_CODE: usize = 64;
/// Offers of one principal in a day and night: whoever tries out names and numbers gets no further.
pub(crate) const MOST_A_DAY: u64 = 10;
/// Authorisations that one person may have taken on at a time: each travels with every request of his.
pub(crate) const MOST_HELD: u64 = 50;

/// How an authorisation stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProxyStage {
    /// The proxy has not said anything.
    Offered,
    /// Taken on; its first day has not come.
    Coming,
    /// The proxy may act.
    Running,
    /// The proxy did not want it.
    Declined,
    /// One of the two has ended it.
    Ended,
    /// Its last day is over.
    Lapsed,
}

impl ProxyStage {
    /// Whether nothing can become of it any more.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Declined | Self::Ended | Self::Lapsed)
    }
}

/// What decides how an authorisation stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub accepted: bool,
    pub ended: bool,
    /// The proxy has ended it.
    pub by_proxy: bool,
}

/// How it stands on a day.
pub(crate) fn stage(facts: Facts, today: NaiveDate) -> ProxyStage {
    match facts {
        _ if facts.ended && facts.by_proxy && !facts.accepted => ProxyStage::Declined,
        _ if facts.ended => ProxyStage::Ended,
        _ if facts.until < today => ProxyStage::Lapsed,
        _ if !facts.accepted => ProxyStage::Offered,
        _ if facts.from > today => ProxyStage::Coming,
        _ => ProxyStage::Running,
    }
}

/// What is wrong with the days, beside the field that it is about.
pub(crate) fn check_days(
    from: NaiveDate,
    until: NaiveDate,
    today: NaiveDate,
) -> Result<(), (&'static str, Error)> {
    if from < today {
        return Err(("/from", Error::ProxyInThePast));
    }
    let farthest = today.checked_add_days(Days::new(FARTHEST));
    if farthest.is_none_or(|farthest| from > farthest) {
        return Err(("/from", Error::ProxyTooFar { days: FARTHEST }));
    }
    if until < from {
        return Err(("/until", Error::ProxyEndsBefore));
    }
    let next = from.checked_add_months(Months::new(LONGEST));
    if next.is_none_or(|next| until >= next) {
        return Err(("/until", Error::ProxyTooLong));
    }
    Ok(())
}

/// The matters in normal form; empty: all.
pub(crate) fn items(codes: &[String]) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = codes.iter().map(|code| code.trim().to_owned()).collect();
    all.sort();
    all.dedup();
    let is_code = |code: &String| {
        (1..=LONGEST_CODE).contains(&code.len()) && code.chars().all(|c| c.is_ascii_graphic())
    };
    if all.len() > MOST_ITEMS || !all.iter().all(is_code) {
        return Err(Error::ProxyItems { max: MOST_ITEMS });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::{Facts, ProxyStage, check_days, items, stage};
    use crate::error::Error;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn days_lie_ahead_and_are_a_year_at_most() {
        let today = day(3, 1);
        let year = NaiveDate::from_ymd_opt(2027, 2, 28).unwrap();
        assert_eq!(check_days(today, today, today), Ok(()));
        assert_eq!(check_days(today, year, today), Ok(()));
        assert_eq!(
            check_days(today, year + Days::new(1), today),
            Err(("/until", Error::ProxyTooLong))
        );
        assert_eq!(
            check_days(day(2, 28), day(4, 1), today),
            Err(("/from", Error::ProxyInThePast))
        );
        assert_eq!(
            check_days(day(4, 2), day(4, 1), today),
            Err(("/until", Error::ProxyEndsBefore))
        );
        assert_eq!(
            check_days(day(5, 31), day(6, 1), today),
            Err(("/from", Error::ProxyTooFar { days: 90 }))
        );
    }

    #[test]
    fn it_stands_as_both_have_said_and_the_day_says() {
        let facts = Facts {
            from: day(3, 5),
            until: day(3, 9),
            accepted: false,
            ended: false,
            by_proxy: false,
        };
        let accepted = Facts {
            accepted: true,
            ..facts
        };
        let ended = |facts, by_proxy| Facts {
            ended: true,
            by_proxy,
            ..facts
        };
        for (facts, today, expected) in [
            (facts, day(3, 6), ProxyStage::Offered),
            (facts, day(3, 10), ProxyStage::Lapsed),
            (accepted, day(3, 4), ProxyStage::Coming),
            (accepted, day(3, 5), ProxyStage::Running),
            (accepted, day(3, 9), ProxyStage::Running),
            (accepted, day(3, 10), ProxyStage::Lapsed),
            (ended(facts, true), day(3, 6), ProxyStage::Declined),
            (ended(facts, false), day(3, 6), ProxyStage::Ended),
            (ended(accepted, true), day(3, 6), ProxyStage::Ended),
        ] {
            assert_eq!(stage(facts, today), expected, "{facts:?} {today}");
        }
    }

    #[test]
    fn matters_are_named_once_each() {
        let named =
            |codes: &[&str]| items(&codes.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(named(&[]), Ok(Vec::new()), "all matters");
        assert_eq!(named(&[" b", "a", "b"]), Ok(vec!["a".into(), "b".into()]));
        assert_eq!(named(&[""]), Err(Error::ProxyItems { max: 20 }));
        assert_eq!(named(&["事项"]), Err(Error::ProxyItems { max: 20 }));
        let many: Vec<String> = (0..21).map(|n| format!("x{n}")).collect();
        assert_eq!(items(&many), Err(Error::ProxyItems { max: 20 }));
    }
}
