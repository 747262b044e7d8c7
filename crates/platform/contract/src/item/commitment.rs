//! What may be done on a promise (告知承诺): the whole item, or single materials.

use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use utoipa::ToSchema;

/// What an applicant is told, and what he promises.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CommitmentRule {
    /// Whether the whole item is decided on the spot on a promise (审批告知承诺). Without it a promise
    /// takes the place of those materials only that say so (证明事项告知承诺).
    #[serde(default)]
    pub whole: bool,
    /// What is told (告知内容): conditions, what follows of a false promise, how it is checked.
    pub told: String,
    /// What is promised (承诺内容).
    pub promised: String,
    /// The words where a promise takes the place of materials only, of an item that may be decided on a
    /// promise as a whole: what that promise says would be untrue of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_materials: Option<PromiseWords>,
    /// How long after the decision the check is due.
    #[schema(value_type = serde_json::Value)]
    pub check_term: Term,
    /// How it is checked (核查方式): 现场核查, 部门间数据核验 …
    pub method: String,
}

/// What is told before a promise, and what is promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromiseWords {
    /// What is told (告知内容).
    pub told: String,
    /// What is promised (承诺内容).
    pub promised: String,
}

impl CommitmentRule {
    /// The words of a promise for the whole item, or of one for materials.
    pub fn words(&self, whole: bool) -> PromiseWords {
        let own = || PromiseWords {
            told: self.told.clone(),
            promised: self.promised.clone(),
        };
        match &self.for_materials {
            Some(words) if !whole => words.clone(),
            _ => own(),
        }
    }
}
