//! Who acts: the signed-in account with what decides its reach.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccountId, DepartmentId};
use crate::region::Region;

/// The kinds of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A citizen for himself.
    Person,
    /// A person who acts for an enterprise.
    EnterpriseAgent,
    /// Somebody who works in a department or a governance centre.
    Staff,
    /// Runs the platform.
    Administrator,
    /// The platform itself: timers, consumers, imports.
    System,
    /// Nobody who is signed in.
    Anonymous,
}

/// The department somebody works in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DepartmentRef {
    /// Id of the department.
    pub id: DepartmentId,
    /// Its credit code of 18 characters: the name of its topics.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The enterprise an agent acts for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EnterpriseRef {
    /// Registered name.
    pub name: String,
    /// Credit code of 18 characters.
    pub credit_code: String,
}

/// Somebody who is away and whose posts an account holds for a time, as his deputy (代理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputised {
    /// Account of who is away.
    pub id: AccountId,
    /// His name.
    pub name: String,
    /// Keys of his roles that a deputy holds.
    pub roles: Vec<String>,
    /// Who arranged it: he himself, or a superior for him.
    pub arranged_by: AccountId,
}

/// Somebody who has authorised an account to act for him as his proxy (委托代理人), while that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Represented {
    /// The authorisation.
    pub mandate_id: Uuid,
    /// Account of the principal.
    pub id: AccountId,
    /// Codes of the matters; empty: all.
    pub items: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

impl Represented {
    /// Whether a matter is among those that the proxy may act in.
    pub fn covers(&self, item_code: &str) -> bool {
        self.items.is_empty() || self.items.iter().any(|code| code == item_code)
    }
}

/// The self-service terminal (自助终端) that a request comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskRef {
    /// Kiosk.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Division that it stands in.
    pub region: Region,
    /// The office whose staff look after it.
    pub department: DepartmentId,
}

/// The account that acts in a request or a job.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Account.
    pub id: AccountId,
    /// Kind of account.
    pub kind: AccountKind,
    /// Name to show; a citizen's name is personal data and is never logged.
    pub name: String,
    /// Keys of the roles held.
    pub roles: Vec<String>,
    /// Department, for staff.
    pub department: Option<DepartmentRef>,
    /// Region of responsibility, for staff and operators.
    pub region: Option<Region>,
    /// Enterprise, for agents.
    pub enterprise: Option<EnterpriseRef>,
    /// Colleagues of the same department whose deputy the account is now.
    #[serde(default)]
    pub deputy_of: Vec<Deputised>,
    /// Citizens for whom the account may act as their proxy now.
    #[serde(default)]
    pub proxy_of: Vec<Represented>,
    /// The kiosk at which this happens, signed in or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<KioskRef>,
}

impl Actor {
    /// The platform itself, as timers and consumers act.
    pub fn system() -> Self {
        Self {
            id: AccountId(Uuid::nil()),
            kind: AccountKind::System,
            name: "系统".to_owned(),
            roles: vec!["system".to_owned()],
            department: None,
            region: None,
            enterprise: None,
            deputy_of: Vec::new(),
            proxy_of: Vec::new(),
            kiosk: None,
        }
    }

    /// A caller who is not signed in.
    pub fn anonymous() -> Self {
        Self {
            kind: AccountKind::Anonymous,
            name: String::new(),
            roles: Vec::new(),
            ..Self::system()
        }
    }

    /// Whether nobody is signed in.
    pub fn is_anonymous(&self) -> bool {
        self.kind == AccountKind::Anonymous
    }

    /// Whether the platform itself acts.
    pub fn is_system(&self) -> bool {
        self.kind == AccountKind::System
    }
}

impl std::fmt::Debug for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Actor({}, {:?}, {:?})", self.id, self.kind, self.roles)
    }
}
