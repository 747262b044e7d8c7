//! What approval orders of the register of licences, and what the register says of a licence.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, DepartmentId, Region};

use super::Applicant;

/// An answer of a form in words, as it may stand on a licence. Personal data.
#[derive(Clone, Serialize, Deserialize)]
pub struct FormAnswer {
    /// Key of the field.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The answer in words: the label of a choice, the names of a division.
    pub text: String,
}

/// `approval.licence.ordered`: a case whose result is a licence was granted and closed.
#[derive(Clone, Serialize, Deserialize)]
pub struct LicenceOrdered {
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_code: String,
    /// Name of the item.
    pub item_name: String,
    /// Name of the result as the item has it.
    pub result_name: String,
    /// Department that granted: its id.
    pub department_id: DepartmentId,
    /// Its credit code.
    pub department_code: String,
    /// Its name.
    pub office: String,
    /// Region.
    pub region: Region,
    /// Who applied.
    pub applicant: Applicant,
    /// Whether the applicant is an organisation.
    pub organisation: bool,
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Sample data.
    pub sample: bool,
    /// Answers of the form that have words.
    pub answers: Vec<FormAnswer>,
}

/// `approval.licence.order_voided`: the case was voided before its result reached anybody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LicenceOrderVoided {
    /// Case number.
    pub case_number: String,
}

/// `licence.licence.issued` and every later change of a licence; no personal data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LicenceChanged {
    /// Id of the licence.
    pub id: uuid::Uuid,
    /// Identifier of the electronic licence (GB/T 36904).
    pub mark: String,
    /// Code of its type.
    pub type_code: String,
    /// Name of its type.
    pub type_name: String,
    /// Version of the row, one higher at each change.
    pub version: i64,
    /// State after the change.
    pub state: String,
    /// State before; empty for a new one.
    pub from: String,
    /// Moment.
    pub at: DateTime<Utc>,
    /// Case that it came from.
    pub case_number: String,
    /// What is asked for or was decided about it: of `licence.change.*` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<LicenceChangeTold>,
}

/// What becomes of a licence after its issue, as its holder is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LicenceChangeTold {
    /// `revoke`, `deregister`, `replace`, `renew`, `amend`.
    pub kind: String,
    /// Name of the organ.
    pub organ: String,
    /// Last day for the holder's answer, where he is heard or something is missing.
    pub answer_until: Option<NaiveDate>,
    /// Last day for the organ's decision, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// The accounts of the holder: by his verified number, or those of an organisation's agents. None where
    /// he has no account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<AccountId>,
}
