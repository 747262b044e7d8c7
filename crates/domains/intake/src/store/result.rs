//! Results that offices attached.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::result::{Column, Entity, Model};

/// Those of an application, in their order.
pub(crate) async fn all(conn: &Conn, application_id: Uuid) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::ApplicationId.eq(application_id))
        .order_by_asc(Column::CaseVersion)
        .all(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
