//! Walks over all clocks: how far one has come, the cases of a page, and what is written of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IdenStatic, IntoActiveModel, Iterable, NotSet,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError, Tracked};
use uuid::Uuid;

use crate::entity::case::{self, Column};
use crate::entity::clock_sweep;

/// A walk.
pub(crate) type Sweep = clock_sweep::Model;

/// The last walk.
pub(crate) async fn last(conn: &Conn) -> Result<Option<Sweep>, StorageError> {
    let newest = clock_sweep::Entity::find().order_by(clock_sweep::Column::Id, Order::Desc);
    Ok(newest.one(conn).await?)
}

/// Begins a walk.
pub(crate) async fn begin(conn: &Conn, sweep: Sweep) -> Result<(), StorageError> {
    clock_sweep::Entity::insert(sweep.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Notes how far a walk has come.
pub(crate) async fn note(conn: &Conn, sweep: &Sweep) -> Result<(), StorageError> {
    clock_sweep::Entity::update(sweep.clone().into_active_model().reset_all())
        .exec(conn)
        .await?;
    Ok(())
}

/// The next cases behind a position: open ones, and decided ones whose promise has to be checked.
pub(crate) async fn ids_behind(
    conn: &Conn,
    position: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    // Bare columns, as the partial index has them.
    let ticking = Expr::col(Column::Running).or(Expr::col(Column::CheckUntil).is_not_null());
    let mut query = case::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(ticking);
    if let Some(position) = position {
        query = query.filter(Column::Id.gt(position));
    }
    let next = query.order_by(Column::Id, Order::Asc).limit(limit);
    Ok(next.into_tuple().all(conn).await?)
}

/// Cases without what was handed in, which clocks do not ask for and which is most of a row.
pub(crate) async fn without_dossier(
    conn: &Conn,
    ids: &[Uuid],
) -> Result<Vec<Tracked<case::Model>>, StorageError> {
    let mut query = case::Entity::find()
        .select_only()
        .filter(Column::Id.is_in(ids.iter().copied()));
    for column in Column::iter() {
        query = match column {
            Column::Dossier | Column::Materials => {
                query.expr_as(Expr::val(Vec::<u8>::new()), column.as_str())
            }
            column => query.column(column),
        };
    }
    let rows = query.all(conn).await?;
    Ok(rows.into_iter().map(Tracked::new).collect())
}

/// Keeps cases from other writers until the end of the transaction; their versions.
pub(crate) async fn hold(conn: &Conn, ids: Vec<Uuid>) -> Result<HashMap<Uuid, i64>, StorageError> {
    let rows: Vec<(Uuid, i64)> = case::Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Version)
        .filter(Column::Id.is_in(ids))
        .order_by(Column::Id, Order::Asc)
        .lock_exclusive()
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Writes what has changed: cases that change alike in one statement, as those of one item that came
/// on one day do.
pub(crate) async fn write_alike(
    conn: &Conn,
    rows: &[Tracked<case::Model>],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let mut alike: Vec<(case::ActiveModel, Vec<Uuid>)> = Vec::new();
    for row in rows {
        let mut changes: case::ActiveModel = row.changes();
        changes.id = NotSet;
        match alike.iter_mut().find(|(known, _)| *known == changes) {
            Some((_, ids)) => ids.push(row.id),
            None => alike.push((changes, vec![row.id])),
        }
    }
    for (mut changes, ids) in alike {
        changes.set(Column::ClocksAt, now.into());
        case::Entity::update_many()
            .set(changes)
            .filter(Column::Id.is_in(ids))
            .exec(conn)
            .await?;
    }
    Ok(())
}
