//! Timeline entries.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::timeline;
pub(crate) use crate::entity::timeline::Model as TimelineEntry;

type Result<T> = std::result::Result<T, StorageError>;

/// All entries, by moment: one that came late stands where it belongs.
pub(crate) async fn all(conn: &Conn, application_id: Uuid) -> Result<Vec<TimelineEntry>> {
    Ok(timeline::Entity::find()
        .filter(timeline::Column::ApplicationId.eq(application_id))
        .order_by_asc(timeline::Column::At)
        .order_by_asc(timeline::Column::Seq)
        .all(conn)
        .await?)
}

/// When something of a kind happened.
pub(crate) async fn moments(
    conn: &Conn,
    application_id: Uuid,
    kind: &str,
) -> Result<Vec<DateTime<Utc>>> {
    Ok(timeline::Entity::find()
        .select_only()
        .column(timeline::Column::At)
        .filter(timeline::Column::ApplicationId.eq(application_id))
        .filter(timeline::Column::Kind.eq(kind))
        .into_tuple()
        .all(conn)
        .await?)
}

/// The entry that was written last.
pub(crate) async fn last(conn: &Conn, application_id: Uuid) -> Result<Option<TimelineEntry>> {
    Ok(timeline::Entity::find()
        .filter(timeline::Column::ApplicationId.eq(application_id))
        .order_by_desc(timeline::Column::Seq)
        .limit(1)
        .one(conn)
        .await?)
}

/// A new entry.
pub(crate) async fn insert(conn: &Conn, row: TimelineEntry) -> Result<()> {
    timeline::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
