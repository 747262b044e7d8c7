//! A licence of ours in the place of an upload (电子证照免提交): which requirements it may answer, when one
//! is taken by itself, and what is wrong with one that was taken and is in force no more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tb_contract::events::Applicant;
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_contract::licences::{HeldLicence, LicenceHolder, ReusedLicence, StandingNow};
use tb_kernel::FieldFault;
use tb_kernel::identity_number::half_width;
use uuid::Uuid;

use crate::error::{fault_at, field};

/// Whose licences an applicant may rely on: the person's by his citizen id, the enterprise's by its credit
/// code, whoever acts for it. Of whom no number is known nothing can be found.
pub(crate) fn holder(who: &Applicant) -> Option<LicenceHolder> {
    let number = half_width(&who.id_number).trim().to_uppercase();
    (!number.is_empty()).then_some(LicenceHolder(number))
}

/// The requirements that a licence may answer.
pub(crate) fn replaceable<'a>(
    item: &'a ItemDocument,
    answers: &SituationAnswers,
) -> Vec<&'a MaterialRequirement> {
    let mut all = item.materials_for(answers);
    all.retain(|one| one.takes_files() && !one.licence_types.is_empty());
    all
}

/// The types that some requirements name, each once.
pub(crate) fn types_of(asked: &[&MaterialRequirement]) -> Vec<String> {
    let named = asked.iter().flat_map(|one| &one.licence_types);
    let types: BTreeSet<String> = named.map(|named| named.code.clone()).collect();
    types.into_iter().collect()
}

/// Whether a licence answers a requirement.
pub(crate) fn fits(requirement: &MaterialRequirement, licence: &HeldLicence) -> bool {
    let mut types = requirement.licence_types.iter();
    types.any(|named| named.code == licence.type_code)
}

/// The one licence that answers a requirement. Between several the applicant chooses.
pub(crate) fn only<'a>(
    requirement: &MaterialRequirement,
    held: &'a [HeldLicence],
) -> Option<&'a HeldLicence> {
    let mut fitting = held.iter().filter(|one| fits(requirement, one));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// How the licences stand that an application is handed in with, asked before its transaction.
#[derive(Debug, Default)]
pub(crate) struct Checked(BTreeMap<Uuid, Why>);

/// Why a licence may not be relied upon any more.
#[derive(Debug, PartialEq, Eq)]
enum Why {
    /// It ended on this day.
    Ended(NaiveDate),
    /// It is not the applicant's.
    NotHis,
}

impl Checked {
    /// From the licences asked about and the register's answer for their holder.
    pub fn new(asked: &[Uuid], answer: &[StandingNow]) -> Self {
        let why = |id: &Uuid| match answer.iter().find(|now| now.id == *id) {
            Some(now) => now.ended_on.map(Why::Ended),
            None => Some(Why::NotHis),
        };
        let wrong = asked.iter().filter_map(|id| Some((*id, why(id)?)));
        Self(wrong.collect())
    }

    /// What is wrong with the licences taken for what is asked; `taken` by requirement. One that was not
    /// asked about was taken a moment ago, and was in force then.
    pub fn faults<'a>(
        &self,
        item: &ItemDocument,
        answers: &SituationAnswers,
        taken: impl IntoIterator<Item = (&'a str, ReusedLicence)>,
    ) -> Vec<FieldFault> {
        let asked = item.materials_for(answers);
        let fault = |(id, taken): (&'a str, ReusedLicence)| {
            let why = self.0.get(&taken.licence.id)?;
            let requirement = asked.iter().find(|one| one.id == id)?;
            let (code, day) = match why {
                Why::Ended(day) => (field::LICENCE_ENDED, day.to_string()),
                Why::NotHis => (field::LICENCE_NOT_HIS, String::new()),
            };
            let args = [
                ("name", requirement.name.as_str()),
                ("licence", &taken.licence.type_name),
                ("number", &taken.licence.number),
                ("day", &day),
            ];
            Some(fault_at(format!("/materials/{id}"), code, &args))
        };
        taken.into_iter().filter_map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use tb_contract::item::MaterialRequirement;
    use tb_contract::licences::{HeldLicence, LicenceStanding, StandingNow};
    use uuid::Uuid;

    use super::{Checked, Why, only};

    fn held(n: u128, type_code: &str) -> HeldLicence {
        HeldLicence {
            id: Uuid::from_u128(n),
            type_code: type_code.to_owned(),
            type_name: "食品经营许可证".to_owned(),
            number: format!("JY{n}"),
            mark: String::new(),
            organ: String::new(),
            issued_on: chrono::NaiveDate::default(),
            valid_until: None,
        }
    }

    fn requirement() -> MaterialRequirement {
        serde_json::from_value(serde_json::json!({
            "id": "permit", "name": "许可证", "necessity": "required", "source": "government",
            "form": "electronic", "licence_types": [{"code": "A"}, {"code": "B", "name": "乙证"}]
        }))
        .unwrap()
    }

    #[test]
    fn one_is_taken_by_itself_and_between_several_one_chooses() {
        let asked = requirement();
        assert_eq!(only(&asked, &[]), None);
        let all = [held(1, "A"), held(2, "C")];
        assert_eq!(only(&asked, &all), all.first());
        assert_eq!(only(&asked, &[held(1, "A"), held(2, "B")]), None);
    }

    #[test]
    fn what_ended_and_what_is_not_his_is_told_apart() {
        let (day, id) = (chrono::NaiveDate::default(), Uuid::from_u128);
        let now = |n, ended_on: Option<_>| StandingNow {
            id: id(n),
            standing: match ended_on {
                None => LicenceStanding::Valid,
                Some(_) => LicenceStanding::Revoked,
            },
            ended_on,
        };
        let checked = Checked::new(&[id(1), id(2), id(3)], &[now(1, None), now(2, Some(day))]);
        assert_eq!(checked.0.get(&id(1)), None);
        assert_eq!(checked.0.get(&id(2)), Some(&Why::Ended(day)));
        assert_eq!(checked.0.get(&id(3)), Some(&Why::NotHis));
    }
}
