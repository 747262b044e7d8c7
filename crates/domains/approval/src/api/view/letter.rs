//! What applicant and office wrote to each other.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::FileView;

/// A letter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterView {
    /// Place in the history.
    pub seq: i32,
    /// Whether the applicant wrote it.
    pub by_applicant: bool,
    /// Who wrote it: staff by name, 申请人.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub words: String,
    /// Files with it: `GET /cases/{id}/letters/files/{file_id}`.
    pub files: Vec<FileView>,
}
