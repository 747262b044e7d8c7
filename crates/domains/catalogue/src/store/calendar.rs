//! Published calendars.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use tb_storage::{Conn, StorageError};

use crate::entity::calendar::{Column, Entity, Model};

/// The calendar in force; `None` while only the shipped one is.
pub(crate) async fn newest(conn: &Conn) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .order_by_desc(Column::Number)
        .one(conn)
        .await?)
}

/// Adds a calendar.
pub(crate) async fn insert(conn: &Conn, calendar: Model) -> Result<(), StorageError> {
    Entity::insert(calendar.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
