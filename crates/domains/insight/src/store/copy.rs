//! Read copies of what the catalogue publishes.

use std::collections::HashMap;

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use tb_calendar::CalendarDocument;
use tb_contract::events::DepartmentPublished;
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use super::{Result, at_once};
use crate::entity::{calendar, department};

/// Keeps a calendar in its version.
pub(crate) async fn save_calendar(tx: &Tx, document: &CalendarDocument) -> Result<()> {
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

/// The version of the calendar that came last.
pub(crate) async fn newest_calendar_version(conn: &Conn) -> Result<Option<String>> {
    Ok(calendar::Entity::find()
        .select_only()
        .column(calendar::Column::Version)
        .order_by(calendar::Column::TakenAt, Order::Desc)
        .order_by(calendar::Column::Version, Order::Desc)
        .into_tuple()
        .one(conn)
        .await?)
}

/// A calendar.
pub(crate) async fn calendar(conn: &Conn, version: &str) -> Result<Option<CalendarDocument>> {
    let row = calendar::Entity::find_by_id(version.to_owned()).one(conn);
    row.await?
        .map(|row| Ok(serde_json::from_str(&row.document)?))
        .transpose()
}

/// Keeps a department.
pub(crate) async fn save_department(conn: &Conn, said: &DepartmentPublished) -> Result<()> {
    let row = department::ActiveModel {
        code: Set(said.code.clone()),
        id: Set(said.id.0),
        name: Set(said.name.clone()),
        region: Set(said.region.to_string()),
    };
    let columns = [
        department::Column::Id,
        department::Column::Name,
        department::Column::Region,
    ];
    let replaced = OnConflict::column(department::Column::Code)
        .update_columns(columns)
        .to_owned();
    department::Entity::insert(row)
        .on_conflict(replaced)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A department by its id.
pub(crate) async fn department(conn: &Conn, id: Uuid) -> Result<Option<department::Model>> {
    let query = department::Entity::find().filter(department::Column::Id.eq(id));
    Ok(query.one(conn).await?)
}

/// The credit code of a department.
pub(crate) async fn code_of(conn: &Conn, id: Uuid) -> Result<Option<String>> {
    Ok(department(conn, id).await?.map(|row| row.code))
}

/// Names of departments by code.
pub(crate) async fn names(
    conn: &Conn,
    codes: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for some in at_once(codes) {
        let rows = department::Entity::find()
            .filter(department::Column::Code.is_in(some))
            .all(conn)
            .await?;
        names.extend(rows.into_iter().map(|row| (row.code, row.name)));
    }
    Ok(names)
}
