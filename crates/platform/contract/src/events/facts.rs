//! How a case stands after a change, for those who count and publish: no personal data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::Region;

/// What stands beside every change of a case.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own"
)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseFacts {
    /// Name of the item.
    pub item_name: String,
    /// Whether it is a permit (行政许可), whose grant is published by name.
    #[serde(default)]
    pub permit: bool,
    /// Name of its result; empty where it has none.
    #[serde(default)]
    pub result_name: String,
    /// Validity of the result in words.
    #[serde(default)]
    pub validity: String,
    /// Credit code of the department.
    pub department_code: String,
    /// Region of its office.
    pub region: Region,
    /// Where the application was made.
    pub channel: String,
    /// Whether an organisation applies.
    pub organisation: bool,
    /// The applicant as anybody may see him: 王*芳.
    pub applicant: String,
    /// Sample data.
    #[serde(default)]
    pub sample: bool,
    /// Whether clocks run towards a decision.
    pub running: bool,
    /// Submission.
    pub submitted_at: DateTime<Utc>,
    /// Acceptance.
    #[serde(default)]
    pub accepted_at: Option<DateTime<Utc>>,
    /// Decision.
    #[serde(default)]
    pub decided_at: Option<DateTime<Utc>>,
    /// Since when the time does not count.
    #[serde(default)]
    pub paused_since: Option<DateTime<Utc>>,
    /// First moment of yellow.
    #[serde(default)]
    pub yellow_from: Option<DateTime<Utc>>,
    /// First moment after the promised term.
    #[serde(default)]
    pub promised_until: Option<DateTime<Utc>>,
    /// First moment after the legal term; before acceptance, after that of acceptance.
    #[serde(default)]
    pub legal_until: Option<DateTime<Utc>>,
    /// Who holds the permit, where it was granted to an organisation.
    #[serde(default)]
    pub holder: Option<Holder>,
}

/// An organisation as the national register publishes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Holder {
    /// Name.
    pub name: String,
    /// Credit code.
    pub code: String,
}
