//! Submitted versions and what became of them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::item_review::{Column, Entity, Model};
use crate::model::review::ReviewState;

/// Those within reach, the newest first, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    states: &[ReviewState],
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find().filter(within(scope));
    if !states.is_empty() {
        let words = states.iter().map(|state| state.as_str());
        query = query.filter(Column::State.is_in(words));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// How many within reach wait for a second person.
pub(crate) async fn count_waiting(conn: &Conn, scope: &Scope) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::State.eq(ReviewState::Waiting.as_str()))
        .count(conn)
        .await?)
}

/// One within reach.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .one(conn)
        .await?)
}

/// The newest review of an item.
pub(crate) async fn newest_of(conn: &Conn, item_id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::ItemId.eq(item_id))
        .order_by_desc(Column::SubmittedAt)
        .order_by_desc(Column::BaseVersion)
        .order_by_desc(Column::Id)
        .one(conn)
        .await?)
}

/// The approved versions whose day has come, the longest due first.
pub(crate) async fn due(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::State.eq(ReviewState::Scheduled.as_str()))
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Adds a review of an item that this transaction has taken.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a review whose item this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        // Nobody owns an item.
        Scope::Own(_) => Condition::all().add(Expr::val(1).eq(0)),
    }
}
