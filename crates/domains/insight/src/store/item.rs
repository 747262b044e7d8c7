//! Items, as far as they are counted and published.

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_storage::{Conn, Tracked};

use super::Result;
pub(crate) use crate::entity::item::Model as Item;
use crate::entity::item::{Column, Entity};

/// One by its code, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, code: &str) -> Result<Option<Tracked<Item>>> {
    let query = Entity::find_by_id(code.to_owned()).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// One by its code.
pub(crate) async fn find(conn: &Conn, code: &str) -> Result<Option<Item>> {
    Ok(Entity::find_by_id(code.to_owned()).one(conn).await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Item) -> Result<()> {
    let known = OnConflict::column(Column::Code).do_nothing().to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Item>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Code.eq(&row.code))
        .exec(conn)
        .await?;
    Ok(())
}

/// Published ones in the order of their codes, behind `after`.
pub(crate) async fn published(conn: &Conn, after: &str, limit: u64) -> Result<Vec<Item>> {
    Ok(Entity::find()
        .filter(Column::Withdrawn.eq(false))
        .filter(Column::Code.gt(after))
        .order_by(Column::Code, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Those of a name, or withheld ones; in the order of their codes, behind `after`.
pub(crate) async fn managed(
    conn: &Conn,
    name: Option<&str>,
    withheld: Option<bool>,
    after: &str,
    limit: u64,
) -> Result<Vec<Item>> {
    let mut query = Entity::find().filter(Column::Code.gt(after));
    if let Some(name) = name {
        query = query.filter(Column::Name.contains(name));
    }
    if let Some(withheld) = withheld {
        query = query.filter(Column::Withheld.eq(withheld));
    }
    Ok(query
        .order_by(Column::Code, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}
