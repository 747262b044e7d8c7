//! The counter (窗口收件): who stands there, by which numbers he finds his application later, what has
//! to lie there on paper.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::item::{
    ItemDocument, MaterialForm, MaterialRequirement, Necessity, SituationAnswers,
};
use tb_kernel::identity_number::{CitizenId, CreditCode, IdentityNumberError, Phone};
use tb_kernel::{AccountKind, FieldFault, Locale};

use crate::error::{fault_at, field};

/// Longest name of a person.
pub(super) const MAX_NAME: usize = 60;
/// Longest name of an organisation.
pub(super) const MAX_ORGANISATION: usize = 120;

/// Who stands at the counter, as the clerk enters him from the documents shown.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct Presented {
    /// Whether he applies for an organisation.
    pub organisation: bool,
    /// Name of the person or organisation.
    pub name: String,
    /// Citizen id, or credit code of the organisation.
    pub id_number: String,
    /// Phone for questions.
    pub phone: String,
    /// Who acts for the organisation.
    #[serde(default)]
    pub agent_name: String,
    /// His citizen id.
    #[serde(default)]
    pub agent_id_number: String,
}

/// Who stands at the counter, with numbers in normal form.
#[derive(Clone)]
pub(crate) struct Identity {
    /// Name of the person or organisation.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Who acts for the organisation; empty for a person.
    pub agent_name: String,
    /// Citizen id of the person, or of who acts for the organisation.
    pub citizen_id: String,
    /// Credit code of the organisation.
    pub credit_code: Option<String>,
}

/// What the entry remembers of who stood there; sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Present {
    /// Citizen id of the person, or of who acts for the organisation.
    pub citizen_id: String,
    /// Credit code of the organisation.
    pub credit_code: Option<String>,
    /// When the clerk compared the document with who showed it.
    pub checked_at: DateTime<Utc>,
    /// When he agreed to be applied for as it was read to him.
    #[serde(default)]
    pub agreed_at: Option<DateTime<Utc>>,
}

impl Identity {
    /// The kind of account that he would have.
    pub fn kind(&self) -> AccountKind {
        match self.credit_code {
            None => AccountKind::Person,
            Some(_) => AccountKind::EnterpriseAgent,
        }
    }
}

/// The words that an owner's applications are found by, where his citizen id is known.
pub(crate) fn owner(citizen_id: &str, credit_code: Option<&str>) -> Option<String> {
    match (citizen_id, credit_code) {
        ("", _) => None,
        (id, None) => Some(format!("person:{id}")),
        (id, Some(code)) => Some(format!("agent:{code}:{id}")),
    }
}

/// Who stands there, or everything that is wrong with what was entered.
pub(crate) fn identify(
    entered: &Presented,
    today: NaiveDate,
    locale: Locale,
) -> Result<Identity, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let path = |key: &str| format!("/applicant/{key}");
    let longest = if entered.organisation {
        MAX_ORGANISATION
    } else {
        MAX_NAME
    };
    let name = named(&entered.name, longest, path("name"), &mut faults);
    let mut number = |result: Result<String, IdentityNumberError>, key: &str| {
        result.unwrap_or_else(|error| {
            faults.push(FieldFault {
                path: path(key),
                code: error.code().to_owned(),
                args: std::collections::BTreeMap::new(),
                message: error.text(locale).to_owned(),
            });
            String::new()
        })
    };
    let citizen = |text: &str| CitizenId::parse(text, today).map(String::from);
    let phone = number(Phone::parse(&entered.phone).map(String::from), "phone");
    let (citizen_id, credit_code) = if entered.organisation {
        let code = number(
            CreditCode::parse(&entered.id_number).map(String::from),
            "id_number",
        );
        let agent = number(citizen(&entered.agent_id_number), "agent_id_number");
        (agent, Some(code))
    } else {
        (number(citizen(&entered.id_number), "id_number"), None)
    };
    let agent_name = if entered.organisation {
        named(
            &entered.agent_name,
            MAX_NAME,
            path("agent_name"),
            &mut faults,
        )
    } else {
        String::new()
    };
    if faults.is_empty() {
        Ok(Identity {
            name,
            phone,
            agent_name,
            citizen_id,
            credit_code,
        })
    } else {
        Err(faults)
    }
}

/// A name without the blanks around it; what is wrong with it joins the other faults.
pub(super) fn named(
    entered: &str,
    longest: usize,
    path: String,
    faults: &mut Vec<FieldFault>,
) -> String {
    let name = entered.trim().to_owned();
    let length = name.chars().count();
    if !(1..=longest).contains(&length) || name.chars().any(char::is_control) {
        let max = longest.to_string();
        faults.push(fault_at(path, field::COUNTER_NAME, &[("max", &max)]));
    }
    name
}

/// Whether something of a material lies there on paper: the paper itself, or an original to compare
/// the file with.
pub(crate) fn has_paper(requirement: &MaterialRequirement) -> bool {
    requirement.waived.is_none()
        && (requirement.original || requirement.form != MaterialForm::Electronic)
}

/// What is wrong with the papers that a clerk marks as taken.
pub(crate) fn paper_faults(
    item: &ItemDocument,
    answers: &SituationAnswers,
    papers: &[String],
) -> Vec<FieldFault> {
    let asked: BTreeSet<&str> = item
        .materials_for(answers)
        .into_iter()
        .filter(|requirement| has_paper(requirement))
        .map(|requirement| requirement.id.as_str())
        .collect();
    papers
        .iter()
        .filter(|id| !asked.contains(id.as_str()))
        .map(|id| fault_at(format!("/papers/{id}"), field::PAPER_UNKNOWN, &[]))
        .collect()
}

/// Required materials that come on paper alone and were not taken; a promise may stand for them.
pub(crate) fn untaken(
    item: &ItemDocument,
    answers: &SituationAnswers,
    papers: &[String],
    committed: &[String],
) -> Vec<FieldFault> {
    item.materials_for(answers)
        .into_iter()
        .filter(|one| {
            one.necessity == Necessity::Required
                && one.form == MaterialForm::Paper
                && one.waived.is_none()
                && !papers.contains(&one.id)
                && !committed.contains(&one.id)
        })
        .map(|one| {
            let args = [("name", one.name.as_str())];
            fault_at(
                format!("/materials/{}", one.id),
                field::PAPER_REQUIRED,
                &args,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_kernel::{AccountKind, Locale};

    use super::{Identity, Presented, identify, owner};

    fn entered(organisation: bool) -> Presented {
        Presented {
            organisation,
            name: " 欧阳测甲 ".to_owned(),
            id_number: "１１０１０５ 19491231 002x".to_owned(),
            phone: "139 0731 0001".to_owned(),
            agent_name: "欧阳测乙".to_owned(),
            agent_id_number: "110105194912310021".to_owned(),
        }
    }

    fn judged(entered: &Presented) -> Result<Identity, Vec<String>> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
        identify(entered, today, Locale::Chinese)
            .map_err(|faults| faults.into_iter().map(|fault| fault.path).collect())
    }

    #[test]
    fn numbers_come_out_in_normal_form() {
        let who = judged(&entered(false)).ok();
        let said = who.as_ref().map(|who| {
            let words = [&who.name, &who.citizen_id, &who.phone, &who.agent_name];
            (words.map(String::as_str), who.kind())
        });
        let words = ["欧阳测甲", "11010519491231002X", "13907310001", ""];
        assert_eq!(said, Some((words, AccountKind::Person)));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut wrong = entered(true);
        wrong.name = String::new();
        wrong.phone = "12".to_owned();
        wrong.agent_name = "\u{7}".to_owned();
        let faults = judged(&wrong).err().unwrap_or_default();
        assert_eq!(
            faults,
            [
                "/applicant/name",
                "/applicant/phone",
                "/applicant/id_number",
                "/applicant/agent_id_number",
                "/applicant/agent_name",
            ]
        );
    }

    #[test]
    fn an_agent_is_another_owner_than_the_person() {
        assert_eq!(owner("1", None).as_deref(), Some("person:1"));
        assert_eq!(owner("1", Some("9")).as_deref(), Some("agent:9:1"));
        assert_eq!(owner("", Some("9")), None);
    }
}
