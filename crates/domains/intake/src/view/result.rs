//! What came out of a case beside its papers.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::State;
use crate::service::result::{in_force, is_out};
use crate::store::application::Application;

/// A result that the office attached.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationResult {
    /// What stands on it as its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Last day of its validity; none: without an end.
    pub valid_until: Option<NaiveDate>,
    /// The office that attached it.
    pub office: String,
    /// Its file: `GET /applications/{id}/results/{file_id}`; none where it is handed over on paper.
    pub file_id: Option<Uuid>,
    /// Name of the file.
    pub file_name: String,
    /// Copies on paper.
    pub copies: u32,
    /// When it was attached.
    pub attached_at: DateTime<Utc>,
}

/// The results of a case that is closed.
pub(super) async fn results(
    sealer: &Sealer,
    conn: &Conn,
    row: &Application,
    state: State,
) -> Result<Vec<ApplicationResult>, StorageError> {
    if !is_out(row, state) {
        return Ok(Vec::new());
    }
    let all = in_force(sealer, conn, row.id).await?;
    let views = all.into_iter().map(|(kept, result)| ApplicationResult {
        name: result.name,
        number: result.number,
        valid_until: result.valid_until,
        office: kept.office,
        file_id: result.file.as_ref().map(|file| file.id),
        file_name: result.file.map_or_else(String::new, |file| file.file_name),
        copies: result.copies,
        attached_at: kept.attached_at,
    });
    Ok(views.collect())
}
