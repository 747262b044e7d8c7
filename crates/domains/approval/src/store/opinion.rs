//! Opinions that were asked of departments.

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
use crate::entity::opinion::{Column, Entity, Model};
use crate::model::opinion::OpinionState;

/// Those that were asked of whom the scope reaches.
fn asked_of(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::AskedId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(Column::AskedRegion, region)),
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// Those in a state, the most urgent first; one row more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    state: OpinionState,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let later = after.map(|place| {
        let same = Condition::all()
            .add(Column::AnswerUntil.eq(place.due_until))
            .add(Column::Id.gt(place.id));
        Condition::any()
            .add(Column::AnswerUntil.gt(place.due_until))
            .add(same)
    });
    Ok(Entity::find()
        .filter(asked_of(scope).add_option(later))
        .filter(Column::State.eq(state.as_str()))
        .order_by(Column::AnswerUntil, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// How many wait for an answer.
pub(crate) async fn count_open(conn: &Conn, scope: &Scope) -> Result<i64, StorageError> {
    let open = Entity::find()
        .filter(asked_of(scope))
        .filter(Column::State.eq(OpinionState::Open.as_str()));
    Ok(i64::try_from(open.count(conn).await?).unwrap_or(i64::MAX))
}

/// Those about a case, in their order.
pub(crate) async fn of_case(conn: &Conn, case_id: Uuid) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .order_by(Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// One that was asked within reach.
pub(crate) async fn asked(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(asked_of(scope));
    Ok(query.one(conn).await?)
}

/// One about a case.
pub(crate) async fn about(
    conn: &Conn,
    case_id: Uuid,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(Column::CaseId.eq(case_id));
    Ok(query.one(conn).await?)
}

/// Writes new ones.
pub(crate) async fn insert(conn: &Conn, rows: Vec<Model>) -> Result<(), StorageError> {
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes one anew.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Those about a case that nobody need answer any more; the departments that were asked.
pub(crate) async fn lapse(
    conn: &Conn,
    case_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StorageError> {
    let open = Condition::all()
        .add(Column::CaseId.eq(case_id))
        .add(Column::State.eq(OpinionState::Open.as_str()));
    let asked: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::AskedId)
        .filter(open.clone())
        .into_tuple()
        .all(conn)
        .await?;
    if !asked.is_empty() {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(OpinionState::Lapsed.as_str()))
            .col_expr(Column::SettledAt, Expr::value(now))
            .filter(open)
            .exec(conn)
            .await?;
    }
    Ok(asked)
}
