//! Appraisals of offices as a whole.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_contract::rating::GOOD_FROM;
use tb_kernel::Scope;
use tb_storage::{Conn, Tracked, lies_in};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::appraisal::Model as Appraisal;
use crate::entity::appraisal::{Column, Entity};

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Tracked<Appraisal>>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Words in a state, the newest first, behind `before`.
pub(crate) async fn words(
    conn: &Conn,
    scope: &Scope,
    state: &str,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Appraisal>> {
    let mut query = Entity::find()
        .filter(within(scope))
        .filter(Column::WordsState.eq(state));
    if let Some(id) = before {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Per office from a day on: how many, and how many of them are good; most first.
pub(crate) async fn counts(conn: &Conn, from: NaiveDate) -> Result<Vec<(String, i64, i64)>> {
    let is_good = Condition::all().add(Column::Level.gte(i32::from(GOOD_FROM)));
    let good = Expr::expr(Expr::case(is_good, 1).finally(0)).sum();
    let rows: Vec<(String, i64, Option<i64>)> = Entity::find()
        .select_only()
        .column(Column::DepartmentCode)
        .column_as(Column::Id.count(), "many")
        .expr_as(good, "good")
        .filter(Column::OnDay.gte(from))
        .group_by(Column::DepartmentCode)
        .order_by(Column::DepartmentCode, Order::Asc)
        .into_tuple()
        .all(conn)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(code, many, good)| (code, many, good.unwrap_or_default()))
        .collect())
}

/// A new one; `false` where he has said something of this office today.
pub(crate) async fn insert(conn: &Conn, row: Appraisal) -> Result<bool> {
    let known = OnConflict::columns([Column::AccountId, Column::DepartmentCode, Column::OnDay])
        .do_nothing()
        .to_owned();
    let new = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(new == 1)
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Appraisal>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Whoever reads words works for a region, or for all.
fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(_) | Scope::Own(_) => Condition::any().add(Column::Id.is_null()),
    }
}
