//! What divisions write of tables of codes: a row for a table of a division, read as a whole.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use tb_storage::{Conn, StorageError};

use crate::entity::code_table::{Entity, Model};

/// All of them.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find().all(conn).await?)
}

/// One of them, taken for this transaction.
pub(crate) async fn take(
    conn: &Conn,
    table: &str,
    region: &str,
) -> Result<Option<Model>, StorageError> {
    let key = (table.to_owned(), region.to_owned());
    Ok(Entity::find_by_id(key).lock_exclusive().one(conn).await?)
}

/// Adds a row.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces a row.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
