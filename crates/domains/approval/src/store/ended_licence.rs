//! Licences that ended.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

pub(crate) use crate::entity::ended_licence::Model as EndedLicence;
use crate::entity::ended_licence::{Column, Entity};

/// Notes that a licence ended; what ended does not come back, so a repeat changes nothing.
pub(crate) async fn note(conn: &Conn, row: EndedLicence) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(Column::LicenceId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Those of some licences that ended.
pub(crate) async fn among(
    conn: &Conn,
    licences: &[Uuid],
) -> Result<Vec<EndedLicence>, StorageError> {
    if licences.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find()
        .filter(Column::LicenceId.is_in(licences.to_vec()))
        .all(conn)
        .await?)
}
