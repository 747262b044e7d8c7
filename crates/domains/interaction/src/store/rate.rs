//! The published rates, as counts over the services that ended in a period.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_contract::rating::GOOD_FROM;
use tb_storage::Conn;

use super::Result;
use crate::entity::{occasion, task};
use crate::model::task::State;

/// By what the counts are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// One row a department.
    Department,
    /// One row an item.
    Item,
}

/// Counts of one department or item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Services that may be rated.
    pub services: i64,
    /// Rated by themselves.
    pub rated: i64,
    /// Ratings that count: not taken out by an appeal.
    pub counted: i64,
    /// Of these good.
    pub good: i64,
    /// Tasks of poor ratings that count.
    pub tasks: i64,
    /// Of these rectified.
    pub rectified: i64,
    /// Of these in their term.
    pub in_time: i64,
    /// Called back and answered.
    pub called: i64,
    /// Of these satisfied.
    pub satisfied: i64,
}

/// Counts by code, of one department where it is named; services that ended from `from` on.
pub(crate) async fn counts(
    conn: &Conn,
    by: By,
    from: DateTime<Utc>,
    department: Option<&str>,
) -> Result<BTreeMap<String, Counts>> {
    let mut all = BTreeMap::<String, Counts>::new();
    for (code, services, rated, counted, good) in ratings(conn, by, from, department).await? {
        let row = all.entry(code).or_default();
        row.services = services;
        row.rated = rated;
        row.counted = counted.unwrap_or_default();
        row.good = good.unwrap_or_default();
    }
    for (code, tasks, rectified, in_time, called, satisfied) in
        tasks(conn, by, from, department).await?
    {
        let row = all.entry(code).or_default();
        row.tasks = tasks;
        row.rectified = rectified;
        row.in_time = in_time.unwrap_or_default();
        row.called = called;
        row.satisfied = satisfied.unwrap_or_default();
    }
    Ok(all)
}

type Ratings = (String, i64, i64, Option<i64>, Option<i64>);

async fn ratings(
    conn: &Conn,
    by: By,
    from: DateTime<Utc>,
    department: Option<&str>,
) -> Result<Vec<Ratings>> {
    use occasion::Column;
    let code = match by {
        By::Department => Column::DepartmentCode,
        By::Item => Column::ItemCode,
    };
    Ok(occasion::Entity::find()
        .select_only()
        .column(code)
        .column_as(Column::Id.count(), "services")
        .column_as(Column::Level.count(), "rated")
        .expr_as(sum(counted()), "counted")
        .expr_as(sum(good()), "good")
        .filter(Column::InvitedAt.gte(from))
        .filter(Condition::all().add_option(department.map(|code| Column::DepartmentCode.eq(code))))
        .group_by(code)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Ratings that count: not taken out by an appeal.
fn counted() -> Condition {
    Condition::all()
        .add(occasion::Column::Level.is_not_null())
        .add(occasion::Column::Excluded.eq(false))
}

/// Of these good.
fn good() -> Condition {
    counted().add(occasion::Column::Level.gte(i32::from(GOOD_FROM)))
}

/// How ratings came: channel, how many count, how many of them are good.
pub(crate) async fn channels(
    conn: &Conn,
    from: DateTime<Utc>,
    department: Option<&str>,
) -> Result<Vec<(String, i64, i64)>> {
    use occasion::Column;
    let rows: Vec<(String, i64, Option<i64>)> = occasion::Entity::find()
        .select_only()
        .column(Column::Channel)
        .column_as(Column::Id.count(), "counted")
        .expr_as(sum(good()), "good")
        .filter(counted())
        .filter(Column::Channel.is_not_null())
        .filter(Column::InvitedAt.gte(from))
        .filter(Condition::all().add_option(department.map(|code| Column::DepartmentCode.eq(code))))
        .group_by(Column::Channel)
        .order_by(Column::Channel, Order::Asc)
        .into_tuple()
        .all(conn)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(channel, counted, good)| (channel, counted, good.unwrap_or_default()))
        .collect())
}

/// Whether any of the services is of a demo's invented past.
pub(crate) async fn has_samples(conn: &Conn, from: DateTime<Utc>) -> Result<bool> {
    use occasion::Column;
    let one = occasion::Entity::find()
        .filter(Column::Sample.eq(true))
        .filter(Column::InvitedAt.gte(from))
        .limit(1);
    Ok(one.one(conn).await?.is_some())
}

type Tasks = (String, i64, i64, Option<i64>, i64, Option<i64>);

async fn tasks(
    conn: &Conn,
    by: By,
    from: DateTime<Utc>,
    department: Option<&str>,
) -> Result<Vec<Tasks>> {
    use task::Column;
    let code = match by {
        By::Department => Column::DepartmentCode,
        By::Item => Column::ItemCode,
    };
    let satisfied = Condition::all().add(Column::SecondLevel.gte(i32::from(GOOD_FROM)));
    Ok(task::Entity::find()
        .select_only()
        .column(code)
        .column_as(Column::Id.count(), "tasks")
        .column_as(Column::RectifiedAt.count(), "rectified")
        .expr_as(
            sum(Condition::all().add(Column::InTime.eq(true))),
            "in_time",
        )
        .column_as(Column::SecondLevel.count(), "called")
        .expr_as(sum(satisfied), "satisfied")
        .filter(Column::InvitedAt.gte(from))
        .filter(Column::State.ne(State::Excluded.as_str()))
        .filter(Condition::all().add_option(department.map(|code| Column::DepartmentCode.eq(code))))
        .group_by(code)
        .into_tuple()
        .all(conn)
        .await?)
}

fn sum(condition: Condition) -> sea_orm::sea_query::SimpleExpr {
    Expr::expr(Expr::case(condition, 1).finally(0)).sum()
}

/// Names of items by code, as the newest services call them.
pub(crate) async fn item_names(
    conn: &Conn,
    codes: impl IntoIterator<Item = String>,
) -> Result<BTreeMap<String, String>> {
    use occasion::Column;
    let rows: Vec<(String, String)> = occasion::Entity::find()
        .select_only()
        .column(Column::ItemCode)
        .expr_as(Expr::col(Column::ItemName).max(), "name")
        .filter(Column::ItemCode.is_in(codes))
        .group_by(Column::ItemCode)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
