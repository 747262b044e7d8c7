//! Cases as they are counted and published.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, Order, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, Tracked};
use uuid::Uuid;

use super::{Result, Within, item};
pub(crate) use crate::entity::case::Model as Case;
use crate::entity::case::{Column, Entity};

/// What the public asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Part of the name of an item.
    pub item: Option<String>,
    /// Credit code.
    pub department: Option<String>,
    /// A whole case number.
    pub number: Option<String>,
    /// States; all where empty.
    pub states: Vec<&'static str>,
}

/// How many cases have which light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lights {
    pub green: i64,
    pub yellow: i64,
    pub red: i64,
    pub purple: i64,
    pub grey: i64,
}

/// One by its number, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, number: &str) -> Result<Option<Tracked<Case>>> {
    let query = Entity::find_by_id(number.to_owned()).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Case) -> Result<()> {
    insert_many(conn, vec![row]).await
}

/// New ones.
pub(crate) async fn insert_many(conn: &Conn, rows: Vec<Case>) -> Result<()> {
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Case>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Number.eq(&row.number))
        .exec(conn)
        .await?;
    Ok(())
}

/// Whether there is any.
pub(crate) async fn is_any(conn: &Conn) -> Result<bool> {
    Ok(Entity::find().limit(1).one(conn).await?.is_some())
}

/// What the public may see: what is far enough, of organisations where the item is shown, of persons
/// where it is shown of persons.
fn shown() -> Condition {
    Condition::all()
        .add(Column::Shown.eq(true))
        .add(item::shown_of(Column::ItemCode, Column::Organisation))
}

/// What the public may see, the latest change first, behind `before`.
pub(crate) async fn published(
    conn: &Conn,
    wanted: &Wanted,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Case>> {
    let mut query = Entity::find().filter(shown()).filter(
        Condition::all()
            .add_option(
                wanted
                    .item
                    .as_ref()
                    .map(|name| Column::ItemName.contains(name)),
            )
            .add_option(
                wanted
                    .department
                    .as_ref()
                    .map(|code| Column::DepartmentCode.eq(code)),
            )
            .add_option(
                wanted
                    .number
                    .as_ref()
                    .map(|number| Column::Number.eq(number)),
            )
            .add_option(
                (!wanted.states.is_empty()).then(|| Column::State.is_in(wanted.states.clone())),
            ),
    );
    if let Some((at, id)) = before {
        let same = Condition::all()
            .add(Column::ChangedAt.eq(at))
            .add(Column::Id.lt(id));
        query = query.filter(Condition::any().add(Column::ChangedAt.lt(at)).add(same));
    }
    Ok(query
        .order_by(Column::ChangedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Sums of the five lights.
type Sums = (
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// The lights of the cases that run.
pub(crate) async fn lights(conn: &Conn, within: &Within, now: DateTime<Utc>) -> Result<Lights> {
    let over = |column: Column| Condition::all().add(column.lte(now));
    let runs = || Condition::all().add(Column::PausedSince.is_null());
    let not = |column: Column| Condition::any().add(column.is_null()).add(column.gt(now));
    let purple = runs().add(over(Column::LegalUntil));
    let red = runs()
        .add(not(Column::LegalUntil))
        .add(over(Column::PromisedUntil));
    let on_time = || {
        runs()
            .add(not(Column::LegalUntil))
            .add(not(Column::PromisedUntil))
    };
    let yellow = on_time().add(over(Column::YellowFrom));
    let green = on_time().add(not(Column::YellowFrom));
    let grey = Condition::all().add(Column::PausedSince.is_not_null());
    let row: Option<Sums> = Entity::find()
        .select_only()
        .expr_as(sum(green), "green")
        .expr_as(sum(yellow), "yellow")
        .expr_as(sum(red), "red")
        .expr_as(sum(purple), "purple")
        .expr_as(sum(grey), "grey")
        .filter(Column::Running.eq(true))
        .filter(within.on(Column::DepartmentCode, Column::Region))
        .into_tuple()
        .one(conn)
        .await?;
    let (green, yellow, red, purple, grey) = row.unwrap_or_default();
    Ok(Lights {
        green: green.unwrap_or_default(),
        yellow: yellow.unwrap_or_default(),
        red: red.unwrap_or_default(),
        purple: purple.unwrap_or_default(),
        grey: grey.unwrap_or_default(),
    })
}

fn sum(condition: Condition) -> SimpleExpr {
    Expr::expr(Expr::case(condition, 1).finally(0)).sum()
}

/// Cases per day of a column, of days from `from` on.
pub(crate) async fn per_day(
    conn: &Conn,
    column: Column,
    from: NaiveDate,
) -> Result<BTreeMap<NaiveDate, i64>> {
    let rows: Vec<(NaiveDate, i64)> = Entity::find()
        .select_only()
        .column(column)
        .column_as(Column::Number.count(), "cases")
        .filter(column.gte(from))
        .group_by(column)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The columns by which days are compared.
pub(crate) const COMPARED: [(&str, Column); 3] = [
    (crate::model::tally::SUBMITTED, Column::SubmittedOn),
    (crate::model::tally::ACCEPTED, Column::AcceptedOn),
    (crate::model::tally::ENDED, Column::EndedOn),
];
