//! An application that a counter took in for whoever stood there.

use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, DepartmentId};

/// Which counter took an application in, and who there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CounterEntry {
    /// Office whose counter it is.
    pub office: String,
    /// Its department; absent in what counters told before they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Account of the clerk.
    pub clerk_id: AccountId,
    /// His name.
    pub clerk_name: String,
    /// Materials whose paper was taken, or whose original was compared: requirement ids.
    #[serde(default)]
    pub papers: Vec<String>,
}
