//! Signatures of co-applicants (共同申请人签署): who may be named, what is signed, how far it has come,
//! and when the clock reminds.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tb_calendar::{Calendar, CalendarError};
use tb_contract::events::DeferredPromise;
use tb_contract::item::{CoApplicantRule, SituationAnswers};
use tb_kernel::identity_number::{CitizenId, CreditCode, IdentityNumberError, Phone};
use tb_kernel::{FieldFault, Locale};
use uuid::Uuid;

use super::counter::{MAX_NAME, MAX_ORGANISATION, named};
use crate::error::{fault_at, field};

/// A co-applicant as the applicant enters him.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct CoApplicantEntry {
    /// Whether it is an organisation, which signs through its agent's account.
    #[serde(default)]
    pub organisation: bool,
    /// Name of the person or organisation.
    pub name: String,
    /// Citizen id, or credit code of the organisation.
    pub id_number: String,
    /// Phone.
    pub phone: String,
}

/// A co-applicant with numbers in normal form; sealed at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    /// Whether it is an organisation.
    pub organisation: bool,
    /// Name of the person or organisation.
    pub name: String,
    /// Citizen id or credit code.
    pub id_number: String,
    /// Phone.
    pub phone: String,
}

impl Person {
    /// The words that he is found by.
    pub fn key(&self) -> String {
        key(&self.id_number, self.organisation)
    }
}

/// The words that a person or an organisation is found by.
pub(crate) fn key(id_number: &str, organisation: bool) -> String {
    let kind = if organisation {
        "organisation"
    } else {
        "person"
    };
    format!("{kind}:{id_number}")
}

/// How far a co-applicant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignerState {
    /// Named; not asked yet.
    Named,
    /// Asked to sign.
    Asked,
    /// Has signed.
    Signed,
    /// Has declined.
    Declined,
}

impl SignerState {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Asked => "asked",
            Self::Signed => "signed",
            Self::Declined => "declined",
        }
    }

    /// Reads it.
    pub fn parse(word: &str) -> Self {
        match word {
            "asked" => Self::Asked,
            "signed" => Self::Signed,
            "declined" => Self::Declined,
            _ => Self::Named,
        }
    }
}

/// How far the request for signatures is that was made last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SigningState {
    /// Signatures are awaited; the draft is frozen.
    Open,
    /// All have signed; the draft is frozen until it is handed in, or the term passes.
    Complete,
    /// What was signed has been handed in.
    HandedIn,
    /// The applicant has taken it back.
    TakenBack,
    /// Its term has passed.
    Lapsed,
}

impl SigningState {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::HandedIn => "handed_in",
            Self::TakenBack => "taken_back",
            Self::Lapsed => "lapsed",
        }
    }

    /// Reads it.
    pub fn parse(word: &str) -> Self {
        match word {
            "open" => Self::Open,
            "complete" => Self::Complete,
            "handed_in" => Self::HandedIn,
            "lapsed" => Self::Lapsed,
            _ => Self::TakenBack,
        }
    }
}

/// Whether nobody is left who has not signed.
pub(crate) fn is_complete(states: &[SignerState]) -> bool {
    states.iter().all(|state| *state == SignerState::Signed)
}

/// Who is named, or everything that is wrong with what was entered; `own` is the applicant's number.
pub(crate) fn people(
    entered: &[CoApplicantEntry],
    rule: &CoApplicantRule,
    own: &str,
    today: NaiveDate,
    locale: Locale,
) -> Result<Vec<Person>, Vec<FieldFault>> {
    let (mut found, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    if entered.len() > usize::try_from(rule.max).unwrap_or(usize::MAX) {
        let max = rule.max.to_string();
        let args = [("max", max.as_str()), ("role", rule.role.as_str())];
        faults.push(fault_at(
            "/co_applicants".to_owned(),
            field::SIGNERS_MANY,
            &args,
        ));
    }
    for (at, one) in entered.iter().enumerate() {
        let path = format!("/co_applicants/{at}");
        let person = person(one, &path, today, locale, &mut faults);
        if !person.id_number.is_empty() {
            let number = format!("{path}/id_number");
            if person.id_number == own {
                faults.push(fault_at(number, field::SIGNER_ONESELF, &[]));
            } else if !seen.insert(person.id_number.clone()) {
                faults.push(fault_at(number, field::SIGNER_TWICE, &[]));
            }
        }
        found.push(person);
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

/// One of them; what is wrong joins the other faults, and leaves its place empty.
fn person(
    entered: &CoApplicantEntry,
    path: &str,
    today: NaiveDate,
    locale: Locale,
    faults: &mut Vec<FieldFault>,
) -> Person {
    let longest = if entered.organisation {
        MAX_ORGANISATION
    } else {
        MAX_NAME
    };
    let name = named(&entered.name, longest, format!("{path}/name"), faults);
    let mut number = |result: Result<String, IdentityNumberError>, key: &str| {
        result.unwrap_or_else(|error| {
            faults.push(FieldFault {
                path: format!("{path}/{key}"),
                code: error.code().to_owned(),
                args: std::collections::BTreeMap::new(),
                message: error.text(locale).to_owned(),
            });
            String::new()
        })
    };
    let id_number = if entered.organisation {
        CreditCode::parse(&entered.id_number).map(String::from)
    } else {
        CitizenId::parse(&entered.id_number, today).map(String::from)
    };
    Person {
        organisation: entered.organisation,
        name,
        id_number: number(id_number, "id_number"),
        phone: number(Phone::parse(&entered.phone).map(String::from), "phone"),
    }
}

/// A fault where fewer are named than the item wants.
pub(crate) fn too_few(rule: &CoApplicantRule, named: usize) -> Option<FieldFault> {
    let wanted = usize::try_from(rule.min).unwrap_or(usize::MAX);
    let min = rule.min.to_string();
    let args = [("min", min.as_str()), ("role", rule.role.as_str())];
    (named < wanted).then(|| fault_at("/co_applicants".to_owned(), field::SIGNERS_FEW, &args))
}

/// What is signed: all that is handed in, and for whom.
#[derive(Serialize)]
pub(crate) struct Content<'a> {
    /// Item and the version that the application is pinned to.
    pub item: (&'a str, i64),
    /// Answers of the situation guide.
    pub situation: &'a SituationAnswers,
    /// Answers of the form.
    pub form: &'a Value,
    /// Files, as [`Attached`].
    pub materials: Vec<Attached<'a>>,
    /// What is promised for later.
    pub deferred: &'a [DeferredPromise],
    /// Name and number of the applicant.
    pub applicant: (&'a str, &'a str),
    /// Name and number of those who sign besides him.
    pub co_applicants: Vec<(&'a str, &'a str)>,
}

/// A file, as it is signed. Its bytes never change under its id.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Attached<'a> {
    /// What it answers.
    pub requirement_id: &'a str,
    /// Which file.
    pub id: Uuid,
    /// Its length.
    pub size: i64,
}

/// The digest of what is signed; the order in which files were loaded does not count.
pub(crate) fn digest(mut content: Content<'_>) -> Result<String, serde_json::Error> {
    content.materials.sort();
    let words = serde_json::to_vec(&content)?;
    Ok(hex::encode(Sha256::digest(words)))
}

/// The day on which the clock reminds: the working day before the last, if that is still to come.
pub(crate) fn reminder(
    calendar: &Calendar,
    today: NaiveDate,
    last: NaiveDate,
    region: &str,
) -> Result<Option<NaiveDate>, CalendarError> {
    let mut day = last;
    while let Some(before) = day
        .checked_sub_days(Days::new(1))
        .filter(|day| *day > today)
    {
        if calendar.is_working_day(before, Some(region))? {
            return Ok(Some(before));
        }
        day = before;
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
