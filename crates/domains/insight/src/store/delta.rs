//! Differences that wait to be added up.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use tb_storage::Conn;
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::delta::Model as Delta;
use crate::entity::delta::{Column, Entity};

/// Leaves some.
pub(crate) async fn leave(conn: &Conn, rows: Vec<Delta>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// At most so many, in no order: sums do not care.
pub(crate) async fn some(conn: &Conn, limit: u64) -> Result<Vec<Delta>> {
    Ok(Entity::find().limit(limit).all(conn).await?)
}

/// Removes those that were added up; returns how many were there.
pub(crate) async fn remove(conn: &Conn, ids: Vec<Uuid>) -> Result<u64> {
    let gone = Entity::delete_many()
        .filter(Column::Id.is_in(ids))
        .exec(conn)
        .await?;
    Ok(gone.rows_affected)
}

/// How many of a kind wait, per day.
pub(crate) async fn per_day(conn: &Conn, what: &str) -> Result<BTreeMap<NaiveDate, i64>> {
    let rows: Vec<(NaiveDate, i64)> = Entity::find()
        .select_only()
        .column(Column::Day)
        .column_as(Column::Id.count(), "waiting")
        .filter(Column::What.eq(what))
        .group_by(Column::Day)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
