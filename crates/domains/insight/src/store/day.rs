//! The sums per day, office and item.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use tb_storage::Conn;

use super::{Result, Within, item};
pub(crate) use crate::entity::day::Model as Day;
use crate::entity::day::{Column, Entity};
use crate::model::tally::Tally;

/// What sums are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Department,
    Item,
    Region,
}

/// Which sums.
#[derive(Clone, Debug, Default)]
pub(crate) struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// One department besides.
    pub department: Option<String>,
    /// One item besides.
    pub item: Option<String>,
    /// Only items that public sums tell of.
    pub public: bool,
}

impl Span {
    /// These days.
    pub(crate) fn days(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
            ..Self::default()
        }
    }

    fn condition(&self, within: &Within) -> Condition {
        Condition::all()
            .add_option(self.from.map(|day| Column::Day.gte(day)))
            .add_option(self.to.map(|day| Column::Day.lte(day)))
            .add_option(
                self.department
                    .as_ref()
                    .map(|code| Column::DepartmentCode.eq(code)),
            )
            .add_option(self.public.then(|| item::told(Column::ItemCode)))
            .add_option(self.item.as_ref().map(|code| Column::ItemCode.eq(code)))
            .add(within.on(Column::DepartmentCode, Column::Region))
    }
}

/// Year and month of a day: 202611.
pub(crate) fn month_of(day: NaiveDate) -> i32 {
    day.year() * 100 + i32::try_from(day.month()).unwrap_or_default()
}

/// Sums per code.
pub(crate) async fn sums(
    conn: &Conn,
    within: &Within,
    span: &Span,
    by: By,
) -> Result<BTreeMap<String, Tally>> {
    let code = match by {
        By::Department => Column::DepartmentCode,
        By::Item => Column::ItemCode,
        By::Region => Column::Region,
    };
    let rows: Vec<(String, String, i32, i64, i64)> = Entity::find()
        .select_only()
        .column(code)
        .column(Column::What)
        .column(Column::Bucket)
        .column_as(Column::Amount.sum(), "amounts")
        .column_as(Column::Minutes.sum(), "all_minutes")
        .filter(span.condition(within))
        .group_by(code)
        .group_by(Column::What)
        .group_by(Column::Bucket)
        .into_tuple()
        .all(conn)
        .await?;
    let mut sums = BTreeMap::<String, Tally>::new();
    for (code, what, bucket, amount, minutes) in rows {
        sums.entry(code)
            .or_default()
            .add(&what, bucket, amount, minutes);
    }
    Ok(sums)
}

/// Sums per day, without times.
pub(crate) async fn days(
    conn: &Conn,
    within: &Within,
    span: &Span,
    kinds: &[&'static str],
) -> Result<BTreeMap<NaiveDate, Tally>> {
    let rows: Vec<(NaiveDate, String, i64)> = Entity::find()
        .select_only()
        .column(Column::Day)
        .column(Column::What)
        .column_as(Column::Amount.sum(), "amounts")
        .filter(span.condition(within))
        .filter(Column::What.is_in(kinds.to_vec()))
        .group_by(Column::Day)
        .group_by(Column::What)
        .into_tuple()
        .all(conn)
        .await?;
    let mut days = BTreeMap::<NaiveDate, Tally>::new();
    for (day, what, amount) in rows {
        days.entry(day).or_default().add(&what, 0, amount, 0);
    }
    Ok(days)
}

/// A row of the monthly statistics.
pub(crate) type Month = (i32, String, String, String, String, i64);

/// Sums per month, office, item and district, of these kinds, as far as the public may see them.
pub(crate) async fn months(conn: &Conn, kinds: &[&'static str]) -> Result<Vec<Month>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Month)
        .column(Column::DepartmentCode)
        .column(Column::ItemCode)
        .column(Column::Region)
        .column(Column::What)
        .column_as(Column::Amount.sum(), "amounts")
        .filter(Column::What.is_in(kinds.to_vec()))
        .filter(item::told(Column::ItemCode))
        .group_by(Column::Month)
        .group_by(Column::DepartmentCode)
        .group_by(Column::ItemCode)
        .group_by(Column::Region)
        .group_by(Column::What)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Adds to a sum. One process at a time does so.
pub(crate) async fn add(conn: &Conn, more: Day) -> Result<()> {
    let changed = Entity::update_many()
        .col_expr(Column::Amount, Expr::col(Column::Amount).add(more.amount))
        .col_expr(
            Column::Minutes,
            Expr::col(Column::Minutes).add(more.minutes),
        )
        .filter(Column::Day.eq(more.day))
        .filter(Column::DepartmentCode.eq(&more.department_code))
        .filter(Column::ItemCode.eq(&more.item_code))
        .filter(Column::Region.eq(&more.region))
        .filter(Column::What.eq(&more.what))
        .filter(Column::Bucket.eq(more.bucket))
        .exec(conn)
        .await?;
    if changed.rows_affected == 0 {
        insert_many(conn, vec![more]).await?;
    }
    Ok(())
}

/// New sums.
pub(crate) async fn insert_many(conn: &Conn, rows: Vec<Day>) -> Result<()> {
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
