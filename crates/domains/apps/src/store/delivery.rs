//! Deliveries and their tries.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::{attempt, delivery, endpoint};

pub(crate) const WAITING: &str = "waiting";
pub(crate) const DELIVERED: &str = "delivered";
pub(crate) const DEAD: &str = "dead";

/// Adds a delivery; an event that is handled again adds none.
pub(crate) async fn insert(conn: &Conn, row: delivery::Model) -> Result<(), StorageError> {
    let once = OnConflict::columns([delivery::Column::EndpointId, delivery::Column::EventId])
        .do_nothing()
        .to_owned();
    delivery::Entity::insert(row.into_active_model())
        .on_conflict(once)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

pub(crate) async fn one(conn: &Conn, id: Uuid) -> Result<Option<delivery::Model>, StorageError> {
    Ok(delivery::Entity::find_by_id(id).one(conn).await?)
}

fn free(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(delivery::Column::LeaseUntil.is_null())
        .add(delivery::Column::LeaseUntil.lt(now))
}

/// Messages that may leave now: due, to an endpoint that is on, and of each case the first that
/// waits.
pub(crate) async fn due(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<delivery::Model>, StorageError> {
    let earlier = Alias::new("earlier");
    let of_earlier = |column: delivery::Column| Expr::col((earlier.clone(), column));
    let first_of_its_case = Query::select()
        .expr(Expr::val(1))
        .from_as(delivery::Entity, earlier.clone())
        .and_where(
            of_earlier(delivery::Column::EndpointId)
                .equals((delivery::Entity, delivery::Column::EndpointId)),
        )
        .and_where(
            of_earlier(delivery::Column::CaseNumber)
                .equals((delivery::Entity, delivery::Column::CaseNumber)),
        )
        .and_where(of_earlier(delivery::Column::State).eq(WAITING))
        .and_where(
            of_earlier(delivery::Column::Version)
                .lt(Expr::col((delivery::Entity, delivery::Column::Version))),
        )
        .to_owned();
    let on = Query::select()
        .column(endpoint::Column::Id)
        .from(endpoint::Entity)
        .and_where(endpoint::Column::Active.eq(true))
        .to_owned();
    let rows = delivery::Entity::find()
        .filter(delivery::Column::State.eq(WAITING))
        .filter(delivery::Column::DueAt.lte(now))
        .filter(free(now))
        .filter(delivery::Column::EndpointId.in_subquery(on))
        .filter(Expr::exists(first_of_its_case).not())
        .order_by(delivery::Column::DueAt, Order::Asc)
        .order_by(delivery::Column::Id, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?;
    Ok(rows)
}

/// Takes a message in hand until `until`; `false` where another process was faster.
pub(crate) async fn lease(
    conn: &Conn,
    row: &delivery::Model,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let taken = delivery::Entity::update_many()
        .col_expr(delivery::Column::LeaseUntil, Expr::value(until))
        .filter(delivery::Column::Id.eq(row.id))
        .filter(delivery::Column::State.eq(WAITING))
        // Still as it was read: nobody has tried it meanwhile.
        .filter(delivery::Column::Tries.eq(row.tries))
        .filter(delivery::Column::DueAt.lte(now))
        .filter(free(now))
        .exec(conn)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// What came of a try.
pub(crate) struct Tried {
    pub state: &'static str,
    pub tries: i32,
    pub due_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// Notes it, if the message is still in the same hands.
pub(crate) async fn note(
    conn: &Conn,
    id: Uuid,
    lease: DateTime<Utc>,
    tried: &Tried,
) -> Result<bool, StorageError> {
    let noted = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(tried.state))
        .col_expr(delivery::Column::Tries, Expr::value(tried.tries))
        .col_expr(delivery::Column::DueAt, Expr::value(tried.due_at))
        .col_expr(delivery::Column::FinishedAt, Expr::value(tried.finished_at))
        .col_expr(
            delivery::Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(delivery::Column::Id.eq(id))
        .filter(delivery::Column::LeaseUntil.eq(lease))
        .exec(conn)
        .await?;
    Ok(noted.rows_affected == 1)
}

pub(crate) async fn add_attempt(conn: &Conn, row: attempt::Model) -> Result<(), StorageError> {
    attempt::Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Which finished messages are sent again.
pub(crate) struct Again {
    pub endpoint: Uuid,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub dead_only: bool,
}

fn finished_in(again: &Again) -> Condition {
    let states: &[&str] = if again.dead_only {
        &[DEAD]
    } else {
        &[DEAD, DELIVERED]
    };
    Condition::all()
        .add(delivery::Column::EndpointId.eq(again.endpoint))
        .add(delivery::Column::CreatedAt.gte(again.from))
        .add(delivery::Column::CreatedAt.lt(again.to))
        .add(delivery::Column::State.is_in(states.iter().copied()))
}

/// Puts finished messages back; the number of them.
pub(crate) async fn send_again(
    conn: &Conn,
    which: Condition,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let put = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(WAITING))
        .col_expr(delivery::Column::Tries, Expr::value(0))
        .col_expr(delivery::Column::DueAt, Expr::value(now))
        .col_expr(
            delivery::Column::FinishedAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(which)
        .exec(conn)
        .await?;
    Ok(put.rows_affected)
}

/// One finished message.
pub(crate) fn only(id: Uuid) -> Condition {
    Condition::all()
        .add(delivery::Column::Id.eq(id))
        .add(delivery::Column::State.ne(WAITING))
}

/// Those of a span of time.
pub(crate) fn span(again: &Again) -> Condition {
    finished_in(again)
}

/// A page of an endpoint's messages, newest first, behind an id.
pub(crate) async fn page(
    conn: &Conn,
    endpoint: Uuid,
    state: Option<&str>,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<delivery::Model>, StorageError> {
    let mut query = delivery::Entity::find().filter(delivery::Column::EndpointId.eq(endpoint));
    if let Some(state) = state {
        query = query.filter(delivery::Column::State.eq(state));
    }
    if let Some(before) = before {
        query = query.filter(delivery::Column::Id.lt(before));
    }
    let rows = query
        .order_by(delivery::Column::Id, Order::Desc)
        .limit(limit)
        .all(conn)
        .await?;
    Ok(rows)
}

/// The tries of messages, by message, oldest first.
pub(crate) async fn attempts(
    conn: &Conn,
    of: HashSet<Uuid>,
) -> Result<HashMap<Uuid, Vec<attempt::Model>>, StorageError> {
    let rows = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.is_in(of))
        .order_by(attempt::Column::Id, Order::Asc)
        .all(conn)
        .await?;
    let mut by_delivery: HashMap<Uuid, Vec<attempt::Model>> = HashMap::new();
    for row in rows {
        by_delivery.entry(row.delivery_id).or_default().push(row);
    }
    Ok(by_delivery)
}

/// How many messages wait and how many were given up, by endpoint.
pub(crate) async fn counts(conn: &Conn) -> Result<HashMap<(Uuid, String), i64>, StorageError> {
    let rows: Vec<(Uuid, String, i64)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::EndpointId)
        .column(delivery::Column::State)
        .column_as(delivery::Column::Id.count(), "n")
        .filter(delivery::Column::State.ne(DELIVERED))
        .group_by(delivery::Column::EndpointId)
        .group_by(delivery::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(endpoint, state, n)| ((endpoint, state), n))
        .collect())
}
