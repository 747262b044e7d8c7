//! What the departments of a joint matter are told of each other: numbers and states, no person.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A joint matter as it travels with each of its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JointRef {
    /// Number of the whole.
    pub number: String,
    /// Name: 开办餐饮店.
    pub name: String,
    /// Code of the lead office.
    pub lead_department_code: String,
    /// Name of the lead office.
    pub lead_department_name: String,
    /// Day by which all is to be done, as far as it is known.
    #[serde(default)]
    pub due: Option<NaiveDate>,
    /// Whether its departments answer the application as one: each gives the lead office its part.
    #[serde(default)]
    pub merged: bool,
    /// Its cases.
    pub cases: Vec<JointChild>,
}

/// One case of a joint matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JointChild {
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// Department code.
    pub department_code: String,
    /// Department.
    pub department_name: String,
    /// State as the applicant's side knows it.
    pub state: String,
    /// `granted` or `denied`.
    #[serde(default)]
    pub result: Option<String>,
    /// Promised due date.
    #[serde(default)]
    pub promised_due: Option<NaiveDate>,
    /// Case numbers that must be granted first.
    #[serde(default)]
    pub after: Vec<String>,
}
