//! Which licences may be relied upon in the place of an upload, and when one ended.

use chrono::{DateTime, NaiveDate, Utc};
use tb_contract::licences::LicenceStanding;
use tb_kernel::office_time;

use super::standing::Standing;

/// Whether a licence is offered: it is in force today, and nothing is under way that would end it or put
/// another in its place, so that nobody hands in today what is another tomorrow.
pub(crate) fn is_offered(standing: Standing, under_way: bool) -> bool {
    standing == Standing::Valid && !under_way
}

/// The same word for other domains.
pub(crate) fn told(standing: Standing) -> LicenceStanding {
    match standing {
        Standing::Valid => LicenceStanding::Valid,
        Standing::Expired => LicenceStanding::Expired,
        Standing::Replaced => LicenceStanding::Replaced,
        Standing::Revoked => LicenceStanding::Revoked,
        Standing::Deregistered => LicenceStanding::Deregistered,
        Standing::Voided => LicenceStanding::Voided,
    }
}

/// The first day on which a licence is in force no more; none while it is.
pub(crate) fn ended_on(
    standing: Standing,
    valid_until: Option<NaiveDate>,
    changed_at: DateTime<Utc>,
) -> Option<NaiveDate> {
    match standing {
        Standing::Valid => None,
        Standing::Expired => valid_until.and_then(|last| last.succ_opt()),
        _ => Some(office_time::day(changed_at)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Standing, ended_on, is_offered};

    #[test]
    fn only_what_is_in_force_and_stays_as_it_is_is_offered() {
        assert!(is_offered(Standing::Valid, false));
        assert!(!is_offered(Standing::Valid, true));
        for ended in [
            Standing::Expired,
            Standing::Replaced,
            Standing::Revoked,
            Standing::Deregistered,
            Standing::Voided,
        ] {
            assert!(!is_offered(ended, false), "{ended:?}");
        }
    }

    #[test]
    fn an_end_by_time_comes_the_day_after_the_last_and_any_other_when_it_was_noted() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        // Already the next day in Shanghai.
        let changed = "2026-11-23T17:00:00Z".parse().unwrap();
        let last = day("2026-12-31");
        assert_eq!(ended_on(Standing::Valid, last, changed), None);
        assert_eq!(
            ended_on(Standing::Expired, last, changed),
            day("2027-01-01")
        );
        assert_eq!(
            ended_on(Standing::Revoked, last, changed),
            day("2026-11-24")
        );
    }
}
