//! Types and their versions. They belong to the city: whoever may see them sees all.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_storage::{Conn, StorageError};

use crate::entity::{kind, kind_version};

/// Types by code, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<kind::Model>, StorageError> {
    let mut query = kind::Entity::find();
    if let Some(after) = after {
        query = query.filter(kind::Column::Code.gt(after));
    }
    let rows = query.order_by_asc(kind::Column::Code).limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// All types, for the consumer: a city has some hundreds.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<kind::Model>, StorageError> {
    Ok(kind::Entity::find()
        .order_by_asc(kind::Column::Code)
        .all(conn)
        .await?)
}

/// A type.
pub(crate) async fn find(conn: &Conn, code: &str) -> Result<Option<kind::Model>, StorageError> {
    Ok(kind::Entity::find_by_id(code.to_owned()).one(conn).await?)
}

/// The same, taken for this transaction: other writers wait.
pub(crate) async fn take(conn: &Conn, code: &str) -> Result<Option<kind::Model>, StorageError> {
    Ok(kind::Entity::find_by_id(code.to_owned())
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// The versions of a type, the newest first.
pub(crate) async fn versions(
    conn: &Conn,
    code: &str,
) -> Result<Vec<kind_version::Model>, StorageError> {
    Ok(kind_version::Entity::find()
        .filter(kind_version::Column::Code.eq(code))
        .order_by_desc(kind_version::Column::Version)
        .limit(100)
        .all(conn)
        .await?)
}

/// Writes a type in a new version, and keeps that version.
pub(crate) async fn save(conn: &Conn, row: kind::Model) -> Result<(), StorageError> {
    let version = kind_version::Model {
        code: row.code.clone(),
        version: row.version,
        document: row.document.clone(),
        saved_at: row.saved_at,
        saved_by: row.saved_by.clone(),
    };
    kind_version::Entity::insert(version.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    let is_new = row.version == 1;
    let row = row.into_active_model().reset_all();
    if is_new {
        kind::Entity::insert(row)
            .exec_without_returning(conn)
            .await?;
    } else {
        row.update(conn).await?;
    }
    Ok(())
}
