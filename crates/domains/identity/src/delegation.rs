//! The rules of deputies (代理): a colleague of the same office holds somebody's posts from a day to
//! a day. Pure: they see what is arranged already and say what stands in the way.

use chrono::{Days, NaiveDate};
use tb_kernel::AccountId;

use crate::error::Error;

/// Longest time that somebody has a deputy, in days.
const LONGEST: u64 = 92;
/// How far ahead it may begin, in days.
const FARTHEST: u64 = 180;
/// Most people whose posts one person holds at a time, beside his own.
const MOST: usize = 3;
/// Longest reason, in characters.
const MOST_REASON: usize = 200;

/// What is to be arranged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub absent: AccountId,
    pub deputy: AccountId,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// What is arranged for some of the same days.
#[derive(Clone, Debug)]
pub(crate) struct Arranged {
    pub absent: AccountId,
    pub absent_name: String,
    pub deputy: AccountId,
    pub deputy_name: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// A reason as it is kept.
pub(crate) fn reason(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::DelegationReasonMissing);
    }
    if text.chars().count() > MOST_REASON {
        return Err(Error::DelegationReasonLong { max: MOST_REASON });
    }
    Ok(text.to_owned())
}

/// Whether the days make sense.
pub(crate) fn check_days(from: NaiveDate, until: NaiveDate, today: NaiveDate) -> Result<(), Error> {
    if from < today {
        return Err(Error::DelegationInThePast);
    }
    if until < from {
        return Err(Error::DelegationEndsBefore);
    }
    let farthest = today.checked_add_days(Days::new(FARTHEST));
    if farthest.is_none_or(|farthest| from > farthest) {
        return Err(Error::DelegationTooFar { days: FARTHEST });
    }
    let last = from.checked_add_days(Days::new(LONGEST - 1));
    if last.is_none_or(|last| until > last) {
        return Err(Error::DelegationTooLong { days: LONGEST });
    }
    Ok(())
}

/// Whether what is arranged leaves room for it: nobody has two deputies at a time, nobody who is
/// away is a deputy, and what one holds for another he cannot pass on.
pub(crate) fn check_others(wanted: Wanted, others: &[Arranged]) -> Result<(), Error> {
    let mut held = 0_usize;
    for other in others {
        if other.until < wanted.from || wanted.until < other.from {
            continue;
        }
        let (from, until) = (other.from.to_string(), other.until.to_string());
        if other.absent == wanted.absent {
            return Err(Error::DelegationOverlaps {
                deputy: other.deputy_name.clone(),
                from,
                until,
            });
        }
        if other.absent == wanted.deputy && other.deputy == wanted.absent {
            return Err(Error::DelegationCircular {
                deputy: other.absent_name.clone(),
                from,
                until,
            });
        }
        if other.absent == wanted.deputy {
            return Err(Error::DeputyAway {
                deputy: other.absent_name.clone(),
                from,
                until,
            });
        }
        if other.deputy == wanted.absent {
            return Err(Error::DelegationPassedOn {
                absent: other.absent_name.clone(),
                from,
                until,
            });
        }
        if other.deputy == wanted.deputy {
            held += 1;
        }
    }
    if held >= MOST {
        return Err(Error::DeputyHoldsMany { max: MOST });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Arranged, Wanted, check_days, check_others, reason};
    use crate::error::Error;
    use chrono::NaiveDate;
    use tb_kernel::AccountId;
    use uuid::Uuid;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    fn account(n: u128) -> AccountId {
        AccountId(Uuid::from_u128(n))
    }

    fn arranged(absent: u128, deputy: u128, from: u32, until: u32) -> Arranged {
        Arranged {
            absent: account(absent),
            absent_name: format!("甲{absent}"),
            deputy: account(deputy),
            deputy_name: format!("甲{deputy}"),
            from: day(from),
            until: day(until),
        }
    }

    fn wanted(absent: u128, deputy: u128) -> Wanted {
        Wanted {
            absent: account(absent),
            deputy: account(deputy),
            from: day(10),
            until: day(12),
        }
    }

    #[test]
    fn days_lie_ahead_and_are_not_too_many() {
        let today = day(5);
        assert_eq!(check_days(today, today, today), Ok(()));
        assert_eq!(
            check_days(day(4), day(9), today),
            Err(Error::DelegationInThePast)
        );
        assert_eq!(
            check_days(day(9), day(8), today),
            Err(Error::DelegationEndsBefore)
        );
        let long = |n| day(9) + chrono::Days::new(n);
        assert_eq!(check_days(day(9), long(91), today), Ok(()));
        assert_eq!(
            check_days(day(9), long(92), today),
            Err(Error::DelegationTooLong { days: 92 })
        );
        let far = today + chrono::Days::new(181);
        assert_eq!(
            check_days(far, far, today),
            Err(Error::DelegationTooFar { days: 180 })
        );
    }

    #[test]
    fn nobody_has_two_deputies_and_nobody_passes_posts_on() {
        let judge = |other: Arranged| check_others(wanted(1, 2), &[other]);
        assert!(matches!(
            judge(arranged(1, 3, 12, 20)),
            Err(Error::DelegationOverlaps { .. })
        ));
        assert!(matches!(
            judge(arranged(2, 1, 1, 10)),
            Err(Error::DelegationCircular { .. })
        ));
        assert!(matches!(
            judge(arranged(2, 3, 11, 11)),
            Err(Error::DeputyAway { .. })
        ));
        assert!(matches!(
            judge(arranged(3, 1, 11, 11)),
            Err(Error::DelegationPassedOn { .. })
        ));
        assert_eq!(judge(arranged(1, 3, 13, 20)), Ok(()), "another time");
        assert_eq!(judge(arranged(3, 2, 1, 20)), Ok(()), "one deputy of two");
        let many = [3, 4, 5].map(|absent| arranged(absent, 2, 1, 20));
        assert_eq!(
            check_others(wanted(1, 2), &many),
            Err(Error::DeputyHoldsMany { max: 3 })
        );
    }

    #[test]
    fn a_reason_is_given() {
        assert_eq!(reason(" 休假 ").ok().as_deref(), Some("休假"));
        assert!(reason(" ").is_err());
        assert!(reason(&"长".repeat(201)).is_err());
    }
}
