//! What stands on a licence, as it is signed: one canonical form, the compact JSON of this value
//! with its fields in this order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::document::{FaceSource, Layout};

/// Name of the canonical form.
pub(crate) const FORMAT: &str = "tongban-licence-1";

/// Everything that stands on a licence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Statement {
    /// Name of this form.
    pub format: String,
    /// Identifier (GB/T 36904).
    pub mark: String,
    /// Code of the type.
    pub type_code: String,
    /// Version of the type's template.
    pub type_version: i64,
    /// Name of the type.
    pub type_name: String,
    /// Number.
    pub number: String,
    /// Version of the licence, from 1.
    pub version: i32,
    /// Holder's name.
    pub holder_name: String,
    /// `person` or `organisation`.
    pub holder_kind: HolderKind,
    /// Holder's citizen id or credit code.
    pub holder_id: String,
    /// Issuing organ.
    pub organ: String,
    /// Its credit code.
    pub organ_code: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day; none: without an end.
    pub valid_until: Option<NaiveDate>,
    /// Lines of the face.
    pub face: Vec<FaceLine>,
    /// How the sheet lies.
    pub layout: Layout,
    /// Whether the organ's seal stands on it.
    pub seal: bool,
    /// Case it came from.
    pub case_number: String,
    /// Sample data.
    pub sample: bool,
}

/// Kind of holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    /// A natural person.
    Person,
    /// An enterprise or another organisation.
    Organisation,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FaceLine {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
    /// Whether anybody who verifies may read it.
    pub public: bool,
    /// What it tells of: names and numbers are masked by their own rules.
    pub about: About,
}

/// What a line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum About {
    /// The holder's name.
    HolderName,
    /// The holder's number.
    HolderId,
    /// The day of issue, which a later version has its own of.
    IssuedOn,
    /// The validity, which a renewal changes.
    Validity,
    /// Anything else.
    Other,
}

impl From<&FaceSource> for About {
    fn from(source: &FaceSource) -> Self {
        match source {
            FaceSource::HolderName => Self::HolderName,
            FaceSource::HolderId => Self::HolderId,
            FaceSource::IssuedOn => Self::IssuedOn,
            FaceSource::Validity => Self::Validity,
            _ => Self::Other,
        }
    }
}
