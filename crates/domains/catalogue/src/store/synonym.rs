//! Groups of words that count as the same. There are hundreds at most, and they are read as a whole.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryOrder};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::synonym::{Entity, Model};

/// All of them, the newest first.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .order_by_desc(crate::entity::synonym::Column::Id)
        .all(conn)
        .await?)
}

/// How many there are.
pub(crate) async fn count(conn: &Conn) -> Result<u64, StorageError> {
    Ok(Entity::find().count(conn).await?)
}

/// One of them.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// Adds groups; the revision of the list was raised in the same transaction.
pub(crate) async fn insert(conn: &Conn, rows: Vec<Model>) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a group; the revision of the list was raised in the same transaction.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// Removes a group.
pub(crate) async fn remove(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}
