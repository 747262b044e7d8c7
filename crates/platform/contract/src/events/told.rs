//! Payload about what applicants were told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::AccountId;

use crate::sms::SmsKind;

/// `intake.applicant.told`: a message about a case lies in the inbox of these accounts that may also go
/// to them as a short message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplicantTold {
    /// Whoever was told: the applicant, and whoever acts for him now.
    pub accounts: Vec<AccountId>,
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// What of.
    pub kind: SmsKind,
    /// When.
    pub at: DateTime<Utc>,
}
