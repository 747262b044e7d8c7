//! Read copies of items and calendars.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_storage::{Conn, StorageError};

pub(crate) use crate::entity::item::Model as ItemCopy;
use crate::entity::{calendar, item};

type Result<T> = std::result::Result<T, StorageError>;

/// The calendars as published.
pub(crate) type Calendars = tb_storage::Calendars<calendar::Entity>;

/// The newest version of an item.
pub(crate) async fn newest(conn: &Conn, code: &str) -> Result<Option<ItemCopy>> {
    Ok(item::Entity::find()
        .filter(item::Column::Code.eq(code))
        .order_by_desc(item::Column::Version)
        .limit(1)
        .one(conn)
        .await?)
}

/// One version of an item.
pub(crate) async fn version(conn: &Conn, code: &str, version: i64) -> Result<Option<ItemCopy>> {
    Ok(item::Entity::find_by_id((code.to_owned(), version))
        .one(conn)
        .await?)
}

/// Keeps a version; one that is there already stays as it is.
pub(crate) async fn keep(conn: &Conn, row: ItemCopy) -> Result<()> {
    item::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::columns([item::Column::Code, item::Column::Version])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Marks an item as withdrawn up to a version.
pub(crate) async fn withdraw(conn: &Conn, code: &str, version: i64) -> Result<()> {
    item::Entity::update_many()
        .col_expr(item::Column::Withdrawn, Expr::value(true))
        .filter(item::Column::Code.eq(code))
        .filter(item::Column::Version.lte(version))
        .exec(conn)
        .await?;
    Ok(())
}
