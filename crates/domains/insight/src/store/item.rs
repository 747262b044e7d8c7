//! Items, as far as they are counted and published.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, OnConflict, Order, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, Tracked};

use super::{Result, at_once};
pub(crate) use crate::entity::item::Model as Item;
use crate::entity::item::{Column, Entity};
use crate::model::publicity::{DELICATE, PERMIT};

/// One by its code, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, code: &str) -> Result<Option<Tracked<Item>>> {
    let query = Entity::find_by_id(code.to_owned()).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// Whether the public may see what is of the item with this code, of organisations at least; of one
/// that nobody has told of it may not.
pub(crate) fn shown(code: impl ColumnTrait) -> Expr {
    there(code, Column::Withheld.eq(false))
}

/// The same for a row that is of a person or not: persons are shown in permits, and where an
/// administrator shows them.
pub(crate) fn shown_of(code: impl ColumnTrait, organisation: impl ColumnTrait) -> Expr {
    let whose = organisation
        .eq(true)
        .or(Column::DecidedByHand.eq(true))
        .or(Column::ItemType.eq(PERMIT));
    there(code, Column::Withheld.eq(false).and(whose))
}

/// Whether public sums tell of it: neither withheld by hand, nor delicate and not shown.
pub(crate) fn told(code: impl ColumnTrait) -> Expr {
    let by_rule = Column::DecidedByHand
        .eq(false)
        .and(Column::ItemType.is_not_in(DELICATE));
    there(code, Column::Withheld.eq(false).or(by_rule))
}

/// By the key of each row that is read: there may be over a million items.
fn there(code: impl ColumnTrait, condition: Expr) -> Expr {
    let item = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Column::Code.into_expr().eq(Expr::col(code.as_column_ref())))
        .and_where(condition)
        .take();
    Expr::exists(item)
}

/// Names by code.
pub(crate) async fn names(
    conn: &Conn,
    codes: impl IntoIterator<Item = String>,
) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for some in at_once(codes) {
        let rows: Vec<(String, String)> = Entity::find()
            .select_only()
            .column(Column::Code)
            .column(Column::Name)
            .filter(Column::Code.is_in(some))
            .into_tuple()
            .all(conn)
            .await?;
        names.extend(rows);
    }
    Ok(names)
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
