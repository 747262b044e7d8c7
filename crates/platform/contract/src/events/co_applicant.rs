//! Who applies beside the applicant, and has signed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A co-applicant (共同申请人) as he signed. Personal data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoApplicant {
    /// What the item calls him: 共有人, 合伙人 …
    pub role: String,
    /// Whether it is an organisation, which signs through its agent.
    pub organisation: bool,
    /// Name of the person or organisation.
    pub name: String,
    /// Citizen id or credit code.
    pub id_number: String,
    /// Phone.
    pub phone: String,
    /// The name as whoever signed wrote it.
    pub signature: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// What was signed: SHA-256 over form, materials and parties, in hex.
    pub digest: String,
}

/// Who it is stays out of logs.
impl std::fmt::Debug for CoApplicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CoApplicant(signed {})", self.signed_at)
    }
}
