//! Batches of applications and their rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, Tracked};
use uuid::Uuid;

pub(crate) use crate::entity::batch::Model as Batch;
pub(crate) use crate::entity::batch_row::Model as BatchRow;
use crate::entity::{application, batch, batch_row};
use crate::model::batch::{BatchRowState, BatchState};

/// Rows that one statement writes.
const WRITTEN_AT_ONCE: usize = 500;
/// Batches that are looked after in one turn.
const AT_ONCE: u64 = 100;

type Result<T> = std::result::Result<T, StorageError>;

/// How many rows, or applications, stand where.
pub(crate) type Counts = BTreeMap<String, i64>;

/// Batches belong to the account that made them.
fn within(scope: &Scope) -> Select<batch::Entity> {
    let query = batch::Entity::find();
    match scope {
        Scope::Everything => query,
        Scope::Own(account) => query.filter(batch::Column::AccountId.eq(account.0)),
        Scope::Department(_) | Scope::Region(_) => {
            query.filter(Condition::any().add(batch::Column::Id.is_null()))
        }
    }
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Batch>> {
    let query = within(scope).filter(batch::Column::Id.eq(id));
    Ok(query.one(conn).await?)
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Tracked<Batch>>> {
    let query = within(scope).filter(batch::Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Those within reach, newest first, one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Batch>> {
    let mut query = within(scope);
    if let Some(id) = before {
        query = query.filter(batch::Column::Id.lt(id));
    }
    let query = query.order_by_desc(batch::Column::Id).limit(limit + 1);
    Ok(query.all(conn).await?)
}

/// Those handed in before a moment that have not come to their end, the oldest first.
pub(crate) async fn submitting(conn: &Conn, before: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let query = batch::Entity::find()
        .select_only()
        .column(batch::Column::Id)
        .filter(batch::Column::State.eq(BatchState::Submitting.as_str()))
        .filter(batch::Column::SubmittedAt.lt(before))
        .order_by_asc(batch::Column::Id)
        .limit(AT_ONCE);
    Ok(query.into_tuple().all(conn).await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Batch) -> Result<()> {
    batch::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Batch>) -> Result<()> {
    batch::Entity::update_many()
        .set(row.changes())
        .filter(batch::Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes a batch away with its rows.
pub(crate) async fn delete(conn: &Conn, id: Uuid) -> Result<()> {
    delete_rows(conn, id).await?;
    batch::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

async fn delete_rows(conn: &Conn, id: Uuid) -> Result<()> {
    batch_row::Entity::delete_many()
        .filter(batch_row::Column::BatchId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Puts rows in the place of those that were there.
pub(crate) async fn replace_rows(conn: &Conn, id: Uuid, rows: Vec<BatchRow>) -> Result<()> {
    delete_rows(conn, id).await?;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(WRITTEN_AT_ONCE);
        let some: Vec<_> = some
            .map(|row| row.into_active_model().reset_all())
            .collect();
        batch_row::Entity::insert_many(some)
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// Which rows of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows<'a> {
    /// In one of these states; all where empty.
    pub states: &'a [BatchRowState],
    /// Whose application is in this state.
    pub application: Option<&'a str>,
    /// Behind this one.
    pub after: i32,
}

/// Rows of a batch in their order.
pub(crate) async fn rows(
    conn: &Conn,
    id: Uuid,
    which: Rows<'_>,
    limit: u64,
) -> Result<Vec<BatchRow>> {
    let mut query = batch_row::Entity::find()
        .filter(batch_row::Column::BatchId.eq(id))
        .filter(batch_row::Column::Seq.gt(which.after));
    if !which.states.is_empty() {
        let states = which.states.iter().map(|state| state.as_str());
        query = query.filter(batch_row::Column::State.is_in(states));
    }
    if let Some(state) = which.application {
        let there = application::Entity::find()
            .select_only()
            .column(application::Column::Id)
            .filter(application::Column::BatchId.eq(id))
            .filter(application::Column::State.eq(state));
        let there = sea_orm::QueryTrait::into_query(there);
        query = query.filter(batch_row::Column::ApplicationId.in_subquery(there));
    }
    let query = query.order_by_asc(batch_row::Column::Seq).limit(limit);
    Ok(query.all(conn).await?)
}

/// How many rows of these batches stand where.
pub(crate) async fn counts(conn: &Conn, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Counts>> {
    use batch_row::Column;
    let found = batch_row::Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column(Column::State)
        .column_as(Column::Seq.count(), "n")
        .filter(Column::BatchId.is_in(ids.iter().copied()))
        .group_by(Column::BatchId)
        .group_by(Column::State)
        .into_tuple();
    Ok(by_batch(found.all(conn).await?))
}

/// How many applications of these batches stand where.
pub(crate) async fn states(conn: &Conn, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Counts>> {
    use application::Column;
    let found = application::Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column(Column::State)
        .column_as(Column::Id.count(), "n")
        .filter(Column::BatchId.is_in(ids.iter().copied()))
        .group_by(Column::BatchId)
        .group_by(Column::State)
        .into_tuple();
    Ok(by_batch(found.all(conn).await?))
}

fn by_batch(found: Vec<(Uuid, String, i64)>) -> BTreeMap<Uuid, Counts> {
    let mut counts: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for (id, state, n) in found {
        counts.entry(id).or_default().insert(state, n);
    }
    counts
}

/// What became of a row.
pub(crate) struct Settled {
    /// State.
    pub state: BatchRowState,
    /// Its application.
    pub application_id: Option<Uuid>,
    /// What was wrong, as JSON.
    pub faults: String,
}

/// Writes the result of a row that is ready; whether it was so still.
pub(crate) async fn settle(conn: &Conn, row: Uuid, result: Settled) -> Result<bool> {
    use batch_row::Column;
    let update = batch_row::Entity::update_many()
        .col_expr(Column::State, Expr::value(result.state.as_str()))
        .col_expr(Column::ApplicationId, Expr::value(result.application_id))
        .col_expr(Column::Faults, Expr::value(result.faults))
        .filter(Column::Id.eq(row))
        .filter(Column::State.eq(BatchRowState::Ready.as_str()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}
