//! Read copies of what the catalogue publishes.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use tb_storage::Conn;

use super::Result;
pub(crate) use crate::entity::item::Model as Item;
use crate::entity::{calendar, department, item};

/// The calendars as published.
pub(crate) type Calendars = tb_storage::Calendars<calendar::Entity>;
/// The departments as published.
pub(crate) type Departments = tb_storage::Departments<department::Entity>;

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
