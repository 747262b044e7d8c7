//! Results that are papers of the office's own.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::FileView;

/// A result that the office attaches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultView {
    /// Name, as the item has it.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Validity in words.
    pub validity: String,
    /// What was attached, the newest first, which counts; empty: it is owed.
    pub attached: Vec<AttachedView>,
}

/// A result as it was attached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachedView {
    /// What stands on it as its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Last day of its validity; none: without an end.
    pub valid_until: Option<NaiveDate>,
    /// Its file: `GET /cases/{id}/results/files/{file_id}`; none where it is handed over on paper.
    pub file: Option<FileView>,
    /// Copies on paper.
    pub copies: u32,
    /// Who attached it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why it took the place of the one before.
    pub reason: String,
}
