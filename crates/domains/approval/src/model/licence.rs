//! How a licence stands that a material of a case is the sheet of.

use chrono::NaiveDate;
use tb_contract::licences::{HeldLicence, LicenceStanding};
use tb_kernel::office_time;

use crate::store::ended_licence::EndedLicence;

/// How it stands on a day, and the first day on which it is in force no more. An end that the register has
/// told goes before that of its validity.
pub(crate) fn standing(
    licence: &HeldLicence,
    ended: &[EndedLicence],
    today: NaiveDate,
) -> (LicenceStanding, Option<NaiveDate>) {
    if let Some(end) = ended.iter().find(|end| end.licence_id == licence.id) {
        let how = match end.state.as_str() {
            "revoked" => LicenceStanding::Revoked,
            "deregistered" => LicenceStanding::Deregistered,
            "replaced" => LicenceStanding::Replaced,
            _ => LicenceStanding::Voided,
        };
        return (how, Some(office_time::day(end.at)));
    }
    match licence.valid_until.filter(|last| *last < today) {
        Some(last) => (LicenceStanding::Expired, last.succ_opt()),
        None => (LicenceStanding::Valid, None),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_contract::licences::{HeldLicence, LicenceStanding};
    use uuid::Uuid;

    use super::{EndedLicence, standing};

    #[test]
    fn what_the_register_told_goes_before_the_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let licence = HeldLicence {
            id: Uuid::from_u128(1),
            type_code: String::new(),
            type_name: String::new(),
            number: String::new(),
            mark: String::new(),
            organ: String::new(),
            issued_on: day(1),
            valid_until: Some(day(20)),
        };
        let valid = (LicenceStanding::Valid, None);
        assert_eq!(standing(&licence, &[], day(20)), valid);
        let over = (LicenceStanding::Expired, Some(day(21)));
        assert_eq!(standing(&licence, &[], day(22)), over);
        let end = |n, state: &str| EndedLicence {
            licence_id: Uuid::from_u128(n),
            state: state.to_owned(),
            at: "2026-11-10T17:00:00Z".parse().unwrap(),
            version: 2,
        };
        let revoked = (LicenceStanding::Revoked, Some(day(11)));
        assert_eq!(standing(&licence, &[end(1, "revoked")], day(22)), revoked);
        assert_eq!(standing(&licence, &[end(2, "revoked")], day(20)), valid);
    }
}
