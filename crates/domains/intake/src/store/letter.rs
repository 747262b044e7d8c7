//! What applicant and office wrote to each other.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::letter::{Column, Entity, Model};

type Result<T> = std::result::Result<T, StorageError>;

/// The letters about an application, oldest first.
pub(crate) async fn all(conn: &Conn, application_id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ApplicationId.eq(application_id))
        .order_by_asc(Column::SentAt)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// How many the applicant has written since a moment.
pub(crate) async fn own_since(
    conn: &Conn,
    application_id: Uuid,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::ApplicationId.eq(application_id))
        .filter(Column::Office.eq(""))
        .filter(Column::SentAt.gt(since))
        .count(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
