//! Orders of supervision.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use super::list::Place;
use crate::entity::case;
use crate::entity::supervision::{Column, Entity, Model};
use crate::model::supervision::OrderState;

fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(Column::Region, region)),
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// Which orders.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter<'a> {
    /// In this state only.
    pub state: Option<&'a str>,
    /// Open and late at this moment only.
    pub late_at: Option<DateTime<Utc>>,
    /// Addressed to one of these levels only.
    pub levels: Option<Vec<&'a str>>,
}

/// Orders within reach, the most urgent first; one row more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter<'_>,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let later = after.map(|place| {
        let same = Condition::all()
            .add(Column::ReplyUntil.eq(place.due_until))
            .add(Column::Id.gt(place.id));
        Condition::any()
            .add(Column::ReplyUntil.gt(place.due_until))
            .add(same)
    });
    let late = filter.late_at.map(|now| {
        Condition::all()
            .add(Column::State.eq(OrderState::Open.as_str()))
            .add(Column::ReplyUntil.lte(now))
    });
    Ok(Entity::find()
        .filter(within(scope))
        .filter(
            Condition::all()
                .add_option(filter.state.map(|state| Column::State.eq(state)))
                .add_option(filter.levels.map(|levels| Column::Level.is_in(levels)))
                .add_option(late)
                .add_option(later),
        )
        .order_by(Column::ReplyUntil, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// The orders of a case, in their order.
pub(crate) async fn of_case(conn: &Conn, case_id: Uuid) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .order_by(Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// Whether this level has had its order for this term.
pub(crate) async fn is_issued(
    conn: &Conn,
    case_id: Uuid,
    (level, cause, since): (&str, &str, DateTime<Utc>),
) -> Result<bool, StorageError> {
    let found = Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .filter(Column::Level.eq(level))
        .filter(Column::Cause.eq(cause))
        .filter(Column::Since.eq(since))
        .count(conn)
        .await?;
    Ok(found > 0)
}

/// An order within reach, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Writes a new order.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes an order anew.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Open cases that want looking at by now.
pub(crate) async fn to_look_at(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    Ok(case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(case::Column::EscalationAt.lte(now))
        .order_by(case::Column::EscalationAt, Order::Asc)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Notes when a case next wants looking at.
pub(crate) async fn look_again(
    conn: &Conn,
    case_id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    case::Entity::update_many()
        .col_expr(case::Column::EscalationAt, Expr::value(at))
        .filter(case::Column::Id.eq(case_id))
        .exec(conn)
        .await?;
    Ok(())
}
