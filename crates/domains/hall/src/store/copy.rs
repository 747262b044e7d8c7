//! Read copies of what the catalogue publishes.

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use tb_calendar::CalendarDocument;
use tb_contract::events::DepartmentPublished;
use tb_storage::{Conn, Tx};

use super::Result;
pub(crate) use crate::entity::department::Model as Department;
pub(crate) use crate::entity::item::Model as Item;
use crate::entity::{calendar, department, item};

/// Keeps an item in its newest version.
pub(crate) async fn save_item(conn: &Conn, row: Item) -> Result<()> {
    let columns = [
        item::Column::Version,
        item::Column::Name,
        item::Column::DepartmentCode,
        item::Column::Region,
        item::Column::Bookable,
        item::Column::InHall,
    ];
    let newest = OnConflict::column(item::Column::Code)
        .update_columns(columns)
        .to_owned();
    item::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(newest)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// An item by its code.
pub(crate) async fn item(conn: &Conn, code: &str) -> Result<Option<Item>> {
    Ok(item::Entity::find_by_id(code.to_owned()).one(conn).await?)
}

/// Items by their codes.
pub(crate) async fn items(conn: &Conn, codes: Vec<String>) -> Result<Vec<Item>> {
    Ok(item::Entity::find()
        .filter(item::Column::Code.is_in(codes))
        .all(conn)
        .await?)
}

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

/// The calendar that came last.
pub(crate) async fn newest_calendar(conn: &Conn) -> Result<Option<CalendarDocument>> {
    let newest = calendar::Entity::find()
        .order_by(calendar::Column::TakenAt, Order::Desc)
        .order_by(calendar::Column::Version, Order::Desc);
    let row = newest.one(conn).await?;
    row.map(|row| Ok(serde_json::from_str(&row.document)?))
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

/// A department by its code.
pub(crate) async fn department(conn: &Conn, code: &str) -> Result<Option<Department>> {
    Ok(department::Entity::find_by_id(code.to_owned())
        .one(conn)
        .await?)
}
