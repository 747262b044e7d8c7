//! What applicant and office wrote to each other.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::sealed;
use crate::store;
use crate::store::application::Application;

/// A letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationLetter {
    /// Id.
    pub id: Uuid,
    /// The office that wrote it; empty for one's own.
    pub office: String,
    /// What it says.
    pub words: String,
    /// Files with it: `GET /applications/{id}/letters/files/{file_id}`.
    pub files: Vec<ApplicationLetterFile>,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// A file of a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationLetterFile {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
}

/// The letters about an application, oldest first.
pub(super) async fn letters(
    sealer: &Sealer,
    conn: &Conn,
    row: &Application,
) -> Result<Vec<ApplicationLetter>, StorageError> {
    if row.submitted_at.is_none() {
        return Ok(Vec::new());
    }
    let rows = store::letter::all(conn, row.id).await?;
    rows.into_iter()
        .map(|kept| {
            let letter = sealed::letter(sealer, &kept)?;
            let files = letter.files.into_iter();
            Ok(ApplicationLetter {
                id: kept.id,
                office: kept.office,
                words: letter.words,
                files: files
                    .map(|file| ApplicationLetterFile {
                        id: file.id,
                        file_name: file.file_name,
                        media_type: file.media_type,
                        size: file.size,
                    })
                    .collect(),
                sent_at: kept.sent_at,
            })
        })
        .collect()
}
