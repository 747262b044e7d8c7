//! Appointments.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::{AccountId, Scope};
use tb_storage::{Conn, lies_in};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::appointment::Model as Appointment;
use crate::entity::appointment::{Column, Entity};
use crate::model::appointment::AppointmentState;

/// What the list of a place is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// Those of a place on a day.
    Day(Uuid, NaiveDate),
    /// The one with this number.
    Number(String),
    /// Those of somebody with this phone: a blind index.
    Phone(Vec<u8>),
}

/// Appointments within reach: of a day by its slots, else the newest first.
pub(crate) async fn desk(
    conn: &Conn,
    scope: &Scope,
    wanted: &Wanted,
    limit: u64,
) -> Result<Vec<Appointment>> {
    let query = Entity::find().filter(within(scope));
    let query = match wanted {
        Wanted::Day(site, day) => query
            .filter(Column::SiteId.eq(*site))
            .filter(Column::Day.eq(*day))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::Id),
        Wanted::Number(number) => query.filter(Column::Number.eq(number.as_str())),
        Wanted::Phone(index) => query
            .filter(Column::PhoneBidx.eq(index.clone()))
            .order_by_desc(Column::StartsAt),
    };
    Ok(query.limit(limit).all(conn).await?)
}

/// Those of an account, the newest first; one more than `limit`.
pub(crate) async fn own(
    conn: &Conn,
    account: AccountId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Appointment>> {
    let mut query = Entity::find().filter(Column::AccountId.eq(account.0));
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    let rows = query.order_by_desc(Column::Id).limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Appointment>> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.one(conn).await?)
}

/// The same, held until the transaction ends.
pub(crate) async fn take(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Appointment>> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// How many places of each slot of a place and counter are taken between two moments.
pub(crate) async fn taken(
    conn: &Conn,
    site: Uuid,
    counter: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<HashMap<DateTime<Utc>, i64>> {
    let rows: Vec<(DateTime<Utc>, i64)> = Entity::find()
        .select_only()
        .column(Column::StartsAt)
        .column_as(Column::Id.count(), "n")
        .filter(Column::SiteId.eq(site))
        .filter(Column::Counter.eq(counter))
        .filter(Column::Day.between(from, until))
        .filter(holds_a_place())
        .group_by(Column::StartsAt)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How many places of one slot are taken, not counting one appointment.
pub(crate) async fn taken_in(
    conn: &Conn,
    site: Uuid,
    counter: &str,
    starts_at: DateTime<Utc>,
    but: Option<Uuid>,
) -> Result<u64> {
    let mut query = Entity::find()
        .filter(Column::SiteId.eq(site))
        .filter(Column::Counter.eq(counter))
        .filter(Column::StartsAt.eq(starts_at))
        .filter(holds_a_place());
    if let Some(but) = but {
        query = query.filter(Column::Id.ne(but));
    }
    Ok(query.count(conn).await?)
}

/// Those of a place to which somebody is still to come after `now`, the first booked first.
pub(crate) async fn coming(
    conn: &Conn,
    site: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Appointment>> {
    Ok(Entity::find()
        .filter(Column::SiteId.eq(site))
        .filter(Column::StartsAt.gt(now))
        .filter(open())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// The places to which somebody is still to come after `now`, always in the same order.
pub(crate) async fn awaited_at(conn: &Conn, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::SiteId)
        .distinct()
        .filter(Column::StartsAt.gt(now))
        .filter(open())
        .order_by_asc(Column::SiteId)
        .into_tuple()
        .all(conn)
        .await?)
}

/// The slots of an account's open bookings after `now`, besides one.
pub(crate) async fn open_slots(
    conn: &Conn,
    account: AccountId,
    now: DateTime<Utc>,
    but: Option<Uuid>,
) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>> {
    let mut query = Entity::find()
        .select_only()
        .column(Column::StartsAt)
        .column(Column::EndsAt)
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::EndsAt.gt(now))
        .filter(open());
    if let Some(but) = but {
        query = query.filter(Column::Id.ne(but));
    }
    Ok(query.into_tuple().all(conn).await?)
}

/// Whether an account has an open booking for the same on a day, besides one.
pub(crate) async fn has_open(
    conn: &Conn,
    account: AccountId,
    (subject, day): (&str, NaiveDate),
    but: Option<Uuid>,
) -> Result<bool> {
    let mut query = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::Subject.eq(subject))
        .filter(Column::Day.eq(day))
        .filter(open());
    if let Some(but) = but {
        query = query.filter(Column::Id.ne(but));
    }
    Ok(query.one(conn).await?.is_some())
}

/// The days of an account's last missed visits, the latest first.
pub(crate) async fn missed(conn: &Conn, account: AccountId, limit: u64) -> Result<Vec<NaiveDate>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Day)
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::State.eq(AppointmentState::Missed.as_str()))
        .order_by_desc(Column::Day)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Whether a booking number is taken.
pub(crate) async fn is_taken(conn: &Conn, number: &str) -> Result<bool> {
    let query = Entity::find().filter(Column::Number.eq(number));
    Ok(query.one(conn).await?.is_some())
}

/// What time does next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Due {
    /// Nobody has answered in the term.
    Unanswered(DateTime<Utc>),
    /// The slot is over.
    Over(DateTime<Utc>),
    /// They are on this day, and nobody was reminded.
    Unreminded(NaiveDate),
}

/// The appointments that are due.
pub(crate) async fn due(conn: &Conn, due: Due, limit: u64) -> Result<Vec<Uuid>> {
    let query = Entity::find().filter(open());
    let query = match due {
        Due::Unanswered(now) => query.filter(Column::AnswerUntil.lte(now)),
        Due::Over(now) => query.filter(Column::EndsAt.lte(now)),
        Due::Unreminded(day) => query
            .filter(Column::State.eq(AppointmentState::Confirmed.as_str()))
            .filter(Column::Day.eq(day))
            .filter(Column::RemindedAt.is_null()),
    };
    Ok(query
        .select_only()
        .column(Column::Id)
        .order_by_asc(Column::EndsAt)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Appointment) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes one that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Appointment) -> Result<()> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

fn open() -> Condition {
    // As the indexes over open ones say it.
    Condition::all().add(sea_orm::sea_query::Expr::cust(
        "state IN ('requested', 'confirmed')",
    ))
}

/// Whoever cancels, or is declined, leaves his place to others.
fn holds_a_place() -> Condition {
    let left = [AppointmentState::Declined, AppointmentState::Cancelled];
    Condition::all().add(Column::State.is_not_in(left.map(AppointmentState::as_str)))
}

fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Region(region) => all.add(lies_in(Column::Region, region)),
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        Scope::Own(account) => all.add(Column::AccountId.eq(account.0)),
    }
}
