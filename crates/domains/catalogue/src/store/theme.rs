//! Themes.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use tb_storage::{Conn, StorageError};

use crate::entity::theme::{Column, Entity, Model};

/// Every theme, by audience and place.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .order_by_desc(Column::Audience)
        .order_by_asc(Column::Sort)
        .all(conn)
        .await?)
}

/// Adds themes; those that are there are written over.
pub(crate) async fn put(conn: &Conn, themes: Vec<Model>) -> Result<(), StorageError> {
    let over = OnConflict::columns([Column::Audience, Column::Name])
        .update_columns([Column::Icon, Column::Sort])
        .to_owned();
    let rows = themes
        .into_iter()
        .map(|theme| theme.into_active_model().reset_all());
    Entity::insert_many(rows)
        .on_conflict(over)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
