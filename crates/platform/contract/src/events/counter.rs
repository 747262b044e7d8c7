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
    /// The counter's division, where it took in for an office of another one (异地代收).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<TakenElsewhere>,
    /// Materials whose paper was taken, or whose original was compared: requirement ids.
    #[serde(default)]
    pub papers: Vec<String>,
}

/// Where an application was taken in for an office of another division (异地代收).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TakenElsewhere {
    /// Code of the counter's division.
    pub division: String,
    /// Its name.
    pub name: String,
}
