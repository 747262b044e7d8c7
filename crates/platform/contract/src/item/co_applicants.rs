//! Who signs an application besides the applicant (共同申请人).

use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use utoipa::ToSchema;

/// The most co-applicants that an item may ask for.
pub const MOST_CO_APPLICANTS: u32 = 20;

/// How long co-applicants have for signing where the item says nothing.
pub const SIGNING: Term = Term::working_days(10);

/// How many sign besides the applicant, in which role, and how long they have for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoApplicantRule {
    /// How many at least; 0: there may be none.
    pub min: u32,
    /// How many at most.
    pub max: u32,
    /// What they are called: 共有人, 合伙人, 配偶 …
    pub role: String,
    /// How long they have for signing; 10 working days where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<serde_json::Value>)]
    pub term: Option<Term>,
}

impl CoApplicantRule {
    /// How long they have for signing.
    pub fn term(&self) -> Term {
        self.term.unwrap_or(SIGNING)
    }
}
