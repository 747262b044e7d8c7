//! Read copies of what the catalogue publishes.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use tb_contract::events::ItemPublished;
use tb_contract::item::ItemDocument;
use tb_kernel::Region;
use tb_storage::{Conn, StorageError, Tx};

use crate::entity::{calendar, department, item};

/// The calendars as published.
pub(crate) type Calendars = tb_storage::Calendars<calendar::Entity>;
/// The departments as published.
pub(crate) type Departments = tb_storage::Departments<department::Entity>;

/// Keeps an item in its version.
pub(crate) async fn save_item(tx: &Tx, published: &ItemPublished) -> Result<(), StorageError> {
    let row = item::ActiveModel {
        code: Set(published.code.clone()),
        version: Set(published.version),
        document: Set(serde_json::to_string(&published.item)?),
        taken_at: Set(tx.now()),
    };
    let known = OnConflict::columns([item::Column::Code, item::Column::Version])
        .do_nothing()
        .to_owned();
    item::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// An item in a version.
pub(crate) async fn item(
    conn: &Conn,
    code: &str,
    version: i64,
) -> Result<Option<ItemDocument>, StorageError> {
    let row = item::Entity::find()
        .filter(item::Column::Code.eq(code))
        .filter(item::Column::Version.eq(version))
        .one(conn)
        .await?;
    row.map(|row| Ok(serde_json::from_str(&row.document)?))
        .transpose()
}

/// The region of a stored code; one that is none cannot be in the column.
pub(crate) fn region(code: &str) -> Result<Region, StorageError> {
    Region::parse(code).ok_or(StorageError::Misuse(
        "approval_case.region holds no division code",
    ))
}
