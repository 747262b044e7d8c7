//! The sealed columns of the register, how they are written and opened.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::LetterFile;
use tb_kernel::identity_number::half_width;
use tb_storage::{Column, Sealer, StorageError};

use crate::entity::{change, event, licence};
use crate::model::amend::AmendedLine;
use crate::model::statement::Statement;

pub(crate) const HOLDER_NAME: Column = Column::new("licence_licence", "holder_name");
pub(crate) const HOLDER_ID: Column = Column::new("licence_licence", "holder_id");
pub(crate) const STATEMENT: Column = Column::new("licence_licence", "statement");
pub(crate) const CODE: Column = Column::new("licence_licence", "code");
pub(crate) const CHANGE_DETAIL: Column = Column::new("licence_change", "detail");
pub(crate) const ANSWER: Column = Column::new("licence_change", "answer");
pub(crate) const DECISION: Column = Column::new("licence_change", "decision");
pub(crate) const DETAIL: Column = Column::new("licence_event", "detail");

/// What an entry of a history says besides its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The provision it rests on.
    #[serde(default)]
    pub basis: String,
    /// What the face says from then on, where that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<AmendedLine>,
}

/// What was asked for about a licence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The provision it rests on.
    #[serde(default)]
    pub basis: String,
    /// What the face shall say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<AmendedLine>,
    /// Papers that prove it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// What the organ found missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Returned>,
}

/// A paper that came with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    /// What it is.
    pub name: String,
    /// Its file.
    pub file: LetterFile,
}

/// The organ asks for what is missing, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Returned {
    /// What is missing.
    pub missing: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who asked.
    pub by: String,
}

/// The bytes that were signed.
pub(crate) fn canonical(sealer: &Sealer, row: &licence::Model) -> Result<Vec<u8>, StorageError> {
    sealer.open(STATEMENT, row.id, &row.statement)
}

/// What stands on a licence.
pub(crate) fn statement(sealer: &Sealer, row: &licence::Model) -> Result<Statement, StorageError> {
    sealer.open_json(STATEMENT, row.id, &row.statement)
}

/// The code that verifies it.
pub(crate) fn code(sealer: &Sealer, row: &licence::Model) -> Result<String, StorageError> {
    sealer.open_text(CODE, row.id, &row.code)
}

/// What was asked for.
pub(crate) fn asked(sealer: &Sealer, row: &change::Model) -> Result<Asked, StorageError> {
    sealer.open_json(CHANGE_DETAIL, row.id, &row.detail)
}

/// What an entry of a history says.
pub(crate) fn detail(sealer: &Sealer, row: &event::Model) -> Result<Detail, StorageError> {
    sealer.open_json(DETAIL, row.id, &row.detail)
}

/// A name as it is compared.
pub(crate) fn normal_name(name: &str) -> String {
    half_width(name.trim())
}

/// A number as it is compared.
pub(crate) fn normal_id(number: &str) -> String {
    half_width(number.trim()).to_uppercase()
}

/// The blind index of a holder's number.
pub(crate) fn holder_index(sealer: &Sealer, number: &str) -> Vec<u8> {
    sealer.blind_index(HOLDER_ID, &normal_id(number))
}
