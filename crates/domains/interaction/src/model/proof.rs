//! Whether somebody on the phone is who he says: the last characters of his number, or of his enterprise's.

use tb_contract::ports::ApplicantProfile;

/// Characters that are asked for.
const ASKED: usize = 6;

/// Whether `tail` are the last characters of the id of the person, or of the credit code.
pub(crate) fn proves(profile: &ApplicantProfile, tail: &str) -> bool {
    let tail = tail.trim().to_uppercase();
    let numbers = [&profile.citizen_id, &profile.credit_code];
    tail.chars().count() == ASKED
        && numbers
            .into_iter()
            .any(|number| number.len() > ASKED && number.to_uppercase().ends_with(&tail))
}

#[cfg(test)]
mod tests {
    use tb_contract::ports::ApplicantProfile;
    use tb_kernel::AccountId;
    use uuid::Uuid;

    use super::proves;

    #[test]
    fn six_characters_and_no_fewer() {
        let profile = |citizen_id: &str, credit_code: &str| ApplicantProfile {
            account_id: AccountId(Uuid::nil()),
            name: String::new(),
            citizen_id: citizen_id.to_owned(),
            phone: String::new(),
            enterprise_name: String::new(),
            credit_code: credit_code.to_owned(),
        };
        let person = profile("11010519491231002X", "");
        assert!(proves(&person, " 31002x "));
        for wrong in ["", "X", "1002X", "231002X", "310021", "31002Ｘ"] {
            assert!(!proves(&person, wrong), "{wrong}");
        }
        let agent = profile("11010519491231002X", "91430102MATB000187");
        assert!(proves(&agent, "000187") && proves(&agent, "31002X"));
        assert!(!proves(&profile("", ""), ""));
    }
}
