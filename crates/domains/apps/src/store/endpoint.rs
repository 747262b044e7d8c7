//! Endpoints.

use sea_orm::sea_query::Order;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::endpoint;

/// All, oldest first: there are a few.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<endpoint::Model>, StorageError> {
    let rows = endpoint::Entity::find().order_by(endpoint::Column::Id, Order::Asc);
    Ok(rows.limit(200).all(conn).await?)
}

/// One.
pub(crate) async fn one(conn: &Conn, id: Uuid) -> Result<Option<endpoint::Model>, StorageError> {
    Ok(endpoint::Entity::find_by_id(id).one(conn).await?)
}

/// One, to be changed.
pub(crate) async fn take(conn: &Conn, id: Uuid) -> Result<Option<endpoint::Model>, StorageError> {
    let row = endpoint::Entity::find_by_id(id).lock_exclusive();
    Ok(row.one(conn).await?)
}

pub(crate) async fn insert(conn: &Conn, row: endpoint::Model) -> Result<(), StorageError> {
    endpoint::Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

pub(crate) async fn update(conn: &Conn, row: endpoint::Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
