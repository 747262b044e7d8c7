//! Ports: read-only traits that a domain implements and another calls, injected by the binary.
//! Never called inside an open transaction; effects cross by events only.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, Actor, DepartmentId, DepartmentRef, Fault, KioskRef};
use uuid::Uuid;

use crate::divisions::DivisionTree;
use crate::feed::ChangePage;

/// Answers of a port.
pub type PortResult<T> = Result<T, Fault>;

/// The intake feed, as the governance centre calls it (P4).
#[async_trait]
pub trait IntakeChanges: Send + Sync {
    /// Changes after `cursor` (empty: from the beginning), at most `limit`.
    async fn changes(&self, cursor: &str, limit: u64) -> PortResult<ChangePage>;
}

/// What intake prefills and records of an applicant. Personal data: never logged, sealed at rest.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub struct ApplicantProfile {
    /// Account.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// Citizen id, normalised; empty where unknown.
    pub citizen_id: String,
    /// Mobile phone; empty where unknown.
    pub phone: String,
    /// Enterprise name, for agents.
    pub enterprise_name: String,
    /// Enterprise credit code, for agents.
    pub credit_code: String,
}

/// Approval's papers, as intake needs them when an applicant opens one.
#[async_trait]
pub trait Papers: Send + Sync {
    /// Whether the PDF of a paper lies in the blob store, where [`crate::papers::blob`] says; it is
    /// rendered where this is its first opening. `false` where there is no such paper.
    async fn ready(&self, paper_id: Uuid) -> PortResult<bool>;
}

/// A licence that came from a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedLicence {
    /// Number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Where its PDF lies in the blob store.
    pub blob: String,
}

/// The register's licences, as approval packs them for the archive.
#[async_trait]
pub trait IssuedLicences: Send + Sync {
    /// The licences that came from a case, the oldest first; the PDF of each lies in the blob store
    /// then, rendered now where nobody has opened it yet.
    async fn of_case(&self, case_number: &str) -> PortResult<Vec<IssuedLicence>>;

    /// Since when the grant of an item issues a licence here; none where no type names it, so that
    /// nothing of it has to be waited for.
    async fn issues_since(&self, item_code: &str) -> PortResult<Option<DateTime<Utc>>>;
}

/// Identity's answers about applicants.
#[async_trait]
pub trait Applicants: Send + Sync {
    /// The profile of an account.
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>>;

    /// The account of whoever has been identified elsewhere, at a counter; `None` where he has none.
    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>>;

    /// The accounts of those who act for an enterprise, by its credit code.
    async fn agents_of(&self, credit_code: &str) -> PortResult<Vec<AccountId>>;
}

/// Somebody by verified numbers: a person, or the agent of an enterprise. Personal data: never
/// logged, sealed at rest.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identified {
    /// Citizen id of the person or agent, normalised.
    pub citizen_id: String,
    /// Credit code of the enterprise, for an agent.
    pub credit_code: Option<String>,
}

/// Identity's answers about who did something, for pages that show it to others.
#[async_trait]
pub trait AccountNames: Send + Sync {
    /// What accounts are called, without those that are unknown: staff by name and login, citizens
    /// masked.
    async fn names(&self, accounts: &[AccountId]) -> PortResult<HashMap<AccountId, String>>;
}

/// Somebody who works in a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Keys of the roles held.
    pub roles: Vec<String>,
}

/// Identity's answers about who works where.
#[async_trait]
pub trait Colleagues: Send + Sync {
    /// Whoever works in a department and may sign in, by name.
    async fn of_department(&self, department: DepartmentId) -> PortResult<Vec<Colleague>>;
}

/// Identity's answers about sessions, as the edge asks them.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// The account behind a session token; `None` where it is unknown, ended or expired, or was
    /// begun at another place than `at`: a session of a kiosk counts there alone, and no other counts
    /// at a kiosk. `is_used`: a person is at it, so that the session does not end from idleness;
    /// calls that a page makes by itself do not count.
    async fn authenticate(
        &self,
        token: &str,
        at: Option<&KioskRef>,
        is_used: bool,
    ) -> PortResult<Option<SessionActor>>;

    /// The kiosk behind its token; `None` where it is unknown or shut off.
    async fn kiosk(&self, _token: &str) -> PortResult<Option<KioskRef>> {
        Ok(None)
    }

    /// The kiosk behind a token that was good a short while ago, without asking anybody: enough to
    /// count requests by.
    fn known_kiosk(&self, _token: &str) -> Option<Uuid> {
        None
    }

    /// Forgets what is remembered of kiosks: one has just changed in this process.
    fn forget_kiosks(&self) {}

    /// Forgets what is remembered of an account's sessions: it has just changed in this process.
    fn forget(&self, _account: AccountId) {}
}

/// A valid session.
#[derive(Clone, Debug)]
pub struct SessionActor {
    /// Who acts.
    pub actor: Actor,
    /// When the session ends if nothing happens.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

/// The catalogue's answers about departments, as identity asks them for staff accounts.
#[async_trait]
pub trait Departments: Send + Sync {
    /// A department by its credit code.
    async fn by_code(&self, code: &str) -> PortResult<Option<DepartmentRef>>;
}

/// The catalogue's answers about divisions, as intake asks them to judge addresses in forms.
#[async_trait]
pub trait Divisions: Send + Sync {
    /// The whole tree. Its owner keeps it in memory: asking again costs little, keeping it does not
    /// pay.
    async fn tree(&self) -> PortResult<Arc<DivisionTree>>;
}

/// A message to another system.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Where it goes.
    pub url: String,
    /// Headers beside `content-type: application/json`.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: String,
}

/// Why a message brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The address is no https address.
    BadAddress,
    /// It lies within the house and is not in the list of those allowed.
    Forbidden,
    /// Nobody is there, or the name is not known.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The connection broke.
    Broken,
}

impl Unsent {
    /// A word for it, as pages and tables know it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::BadAddress => "bad_address",
            Self::Forbidden => "forbidden",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Broken => "broken",
        }
    }
}

/// The way out to other systems, which only the platform's one HTTP client knows.
#[async_trait]
pub trait Outbound: Send + Sync {
    /// Whether an address may be called, as far as it can be told without asking for its name.
    fn check(&self, url: &str) -> Result<(), Unsent>;
    /// Sends a message: the status of the answer. Redirects are not followed.
    async fn post(&self, message: &Outgoing) -> Result<u16, Unsent>;
}
