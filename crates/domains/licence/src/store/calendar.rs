//! Read copies of the calendars that the catalogue publishes.

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{EntityTrait, QueryOrder, Set};
use tb_calendar::CalendarDocument;
use tb_storage::{Conn, StorageError, Tx};

use crate::entity::calendar;

/// Keeps a calendar in its version.
pub(crate) async fn save(tx: &Tx, document: &CalendarDocument) -> Result<(), StorageError> {
    let row = calendar::ActiveModel {
        version: Set(document.version.clone()),
        document: Set(serde_json::to_string(document)?),
        taken_at: Set(tx.now()),
    };
    let known = OnConflict::column(calendar::Column::Version)
        .do_nothing()
        .to_owned();
    calendar::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The calendar that came last.
pub(crate) async fn newest(conn: &Conn) -> Result<Option<CalendarDocument>, StorageError> {
    let newest = calendar::Entity::find()
        .order_by(calendar::Column::TakenAt, Order::Desc)
        .order_by(calendar::Column::Version, Order::Desc);
    let row = newest.one(conn).await?;
    row.map(|row| Ok(serde_json::from_str(&row.document)?))
        .transpose()
}
