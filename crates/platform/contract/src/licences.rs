//! A licence of ours in the place of an upload (电子证照免提交): what a file keeps of it, and the ports by
//! which the register answers which types there are, what a holder has in force, and how it stands.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ports::PortResult;

/// A type of licence as the register knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownLicenceType {
    /// 证照类型代码.
    pub code: String,
    /// What it is called.
    pub name: String,
}

/// The register's answers about its types, as the catalogue asks them.
#[async_trait]
pub trait LicenceTypes: Send + Sync {
    /// All of them, by code.
    async fn types(&self) -> PortResult<Vec<KnownLicenceType>>;

    /// Codes of those that the grant of an item issues.
    async fn issued_by(&self, item_code: &str) -> PortResult<Vec<String>>;
}

/// A licence that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeldLicence {
    /// Id of the licence in this version.
    pub id: Uuid,
    /// Code of its type.
    pub type_code: String,
    /// Name of its type.
    pub type_name: String,
    /// Number.
    pub number: String,
    /// Identifier of the electronic licence (GB/T 36904); it says the version.
    pub mark: String,
    /// Issuing organ.
    pub organ: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day; none: without an end.
    pub valid_until: Option<NaiveDate>,
}

/// The licence whose sheet a file is, and when it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReusedLicence {
    /// As it stood then.
    #[serde(flatten)]
    pub licence: HeldLicence,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
}

/// How a licence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenceStanding {
    /// In force.
    Valid,
    /// Its last day is over.
    Expired,
    /// A later version took its place.
    Replaced,
    /// Taken away.
    Revoked,
    /// Ended.
    Deregistered,
    /// Void.
    Voided,
}

/// How a licence stands today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingNow {
    /// The licence.
    pub id: Uuid,
    /// How it stands.
    pub standing: LicenceStanding,
    /// The first day on which it is in force no more; none while it is.
    pub ended_on: Option<NaiveDate>,
}

/// Whoever holds licences: a person by his citizen id, an enterprise by its credit code. Personal data:
/// never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceHolder(pub String);

/// Where the PDF of a licence lies in the blob store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceSheet {
    /// Its name there; what lies under it never changes.
    pub blob: String,
    /// Bytes.
    pub size: i64,
}

/// The register's answers about the licences of a holder. Somebody else's do not exist.
#[async_trait]
pub trait HeldLicences: Send + Sync {
    /// Those of some types that he may rely on today, the newest first.
    async fn in_force(
        &self,
        holder: &LicenceHolder,
        types: &[String],
    ) -> PortResult<Vec<HeldLicence>>;

    /// How some of his licences stand today; what is not his is not in the answer.
    async fn standing(&self, holder: &LicenceHolder, ids: &[Uuid]) -> PortResult<Vec<StandingNow>>;

    /// The PDF of one, rendered now where nobody has opened it yet; `None` where he holds no such one.
    async fn sheet(&self, holder: &LicenceHolder, id: Uuid) -> PortResult<Option<LicenceSheet>>;
}
