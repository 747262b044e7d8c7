//! What part of the rows a caller may see or touch; every query of a domain takes one.

use crate::id::{AccountId, DepartmentId};
use crate::region::Region;

/// The rows within a caller's reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row: the system itself, the city's administrators, public content.
    Everything,
    /// Rows of a region and what lies in it.
    Region(Region),
    /// Rows of one department.
    Department(DepartmentId),
    /// Rows of one account.
    Own(AccountId),
}

impl Scope {
    /// Whether a row of this department, region and owner is within reach.
    pub fn covers(
        &self,
        department: Option<DepartmentId>,
        region: Option<&Region>,
        owner: Option<AccountId>,
    ) -> bool {
        match self {
            Self::Everything => true,
            Self::Region(outer) => region.is_some_and(|inner| outer.contains(inner)),
            Self::Department(id) => department == Some(*id),
            Self::Own(id) => owner == Some(*id),
        }
    }
}
