//! Batches and their rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, UpdateMany,
};
use tb_kernel::{AccountId, Scope};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::{batch, batch_row};
use crate::model::batch::{BatchState, RowState};
use crate::model::words::Word;

/// Rows that one statement writes.
const WRITTEN_AT_ONCE: usize = 500;

/// One's own batches in one's department; the platform sees all.
fn within(scope: &Scope, owner: AccountId) -> Condition {
    let own = Condition::all().add(batch::Column::AccountId.eq(owner.0));
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Department(id) => own.add(batch::Column::DepartmentId.eq(id.0)),
        Scope::Region(_) | Scope::Own(_) => own,
    }
}

/// Writes a new batch.
pub(crate) async fn insert(
    conn: &Conn,
    batch: batch::Model,
    rows: Vec<batch_row::Model>,
) -> Result<(), StorageError> {
    batch::Entity::insert(batch.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows
            .by_ref()
            .take(WRITTEN_AT_ONCE)
            .map(|row| row.into_active_model().reset_all())
            .collect();
        batch_row::Entity::insert_many(some)
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// A batch within reach.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    owner: AccountId,
    id: Uuid,
) -> Result<Option<batch::Model>, StorageError> {
    Ok(batch::Entity::find_by_id(id)
        .filter(within(scope, owner))
        .one(conn)
        .await?)
}

/// Batches within reach, the newest first; one more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    owner: AccountId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<batch::Model>, StorageError> {
    let mut query = batch::Entity::find().filter(within(scope, owner));
    if let Some(before) = before {
        query = query.filter(batch::Column::Id.lt(before));
    }
    let rows = query
        .order_by(batch::Column::Id, Order::Desc)
        .limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// How many rows of these batches stand where.
pub(crate) async fn counts(
    conn: &Conn,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeMap<String, i64>>, StorageError> {
    let found: Vec<(Uuid, String, i64)> = batch_row::Entity::find()
        .select_only()
        .column(batch_row::Column::BatchId)
        .column(batch_row::Column::State)
        .column_as(batch_row::Column::Seq.count(), "n")
        .filter(batch_row::Column::BatchId.is_in(ids.iter().copied()))
        .group_by(batch_row::Column::BatchId)
        .group_by(batch_row::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: BTreeMap<Uuid, BTreeMap<String, i64>> = BTreeMap::new();
    for (id, state, n) in found {
        counts.entry(id).or_default().insert(state, n);
    }
    Ok(counts)
}

/// Rows of a batch behind `after`, in order; of some states only, where any are named.
pub(crate) async fn rows(
    conn: &Conn,
    id: Uuid,
    states: &[RowState],
    after: i32,
    limit: u64,
) -> Result<Vec<batch_row::Model>, StorageError> {
    let mut query = batch_row::Entity::find()
        .filter(batch_row::Column::BatchId.eq(id))
        .filter(batch_row::Column::Seq.gt(after));
    if !states.is_empty() {
        query = query.filter(batch_row::Column::State.is_in(states.iter().map(|one| one.as_str())));
    }
    Ok(query
        .order_by(batch_row::Column::Seq, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Moves a batch on, unless it is not (or no longer) where it is thought to be.
pub(crate) async fn move_on(
    conn: &Conn,
    id: Uuid,
    from: BatchState,
    to: BatchState,
    at: Moment,
) -> Result<bool, StorageError> {
    let update = batch::Entity::update_many()
        .col_expr(batch::Column::State, Expr::value(to.as_str()))
        .filter(batch::Column::Id.eq(id))
        .filter(batch::Column::State.eq(from.as_str()));
    let update = match at {
        Moment::Starts(at) => update.col_expr(batch::Column::StartsAt, Expr::value(at)),
        Moment::Started(at) => update.col_expr(batch::Column::StartedAt, Expr::value(at)),
        Moment::Ended(at) => update.col_expr(batch::Column::EndedAt, Expr::value(at)),
        Moment::None => update,
    };
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// The moment that goes with a move.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment {
    /// It begins then.
    Starts(DateTime<Utc>),
    /// It began.
    Started(DateTime<Utc>),
    /// It ended.
    Ended(DateTime<Utc>),
    /// None.
    None,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub(crate) struct RowResult {
    /// State.
    pub state: RowState,
    /// Code of the refusal.
    pub code: Option<String>,
    /// Its arguments.
    pub args: String,
}

fn settling(id: Uuid, result: &RowResult) -> UpdateMany<batch_row::Entity> {
    batch_row::Entity::update_many()
        .col_expr(batch_row::Column::State, Expr::value(result.state.as_str()))
        .col_expr(batch_row::Column::Code, Expr::value(result.code.clone()))
        .col_expr(batch_row::Column::Args, Expr::value(result.args.as_str()))
        .filter(batch_row::Column::BatchId.eq(id))
        .filter(batch_row::Column::State.eq(RowState::Ready.as_str()))
}

/// Writes the result of a row that waits; whether it did wait.
pub(crate) async fn settle(
    conn: &Conn,
    id: Uuid,
    seq: i32,
    result: &RowResult,
) -> Result<bool, StorageError> {
    let update = settling(id, result).filter(batch_row::Column::Seq.eq(seq));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Skips every row that waits still.
pub(crate) async fn skip_rest(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    let skipped = RowResult {
        state: RowState::Skipped,
        code: None,
        args: String::new(),
    };
    settling(id, &skipped).exec(conn).await?;
    Ok(())
}

/// Drafts that nobody started before this moment.
pub(crate) async fn old_drafts(
    conn: &Conn,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    Ok(batch::Entity::find()
        .select_only()
        .column(batch::Column::Id)
        .filter(batch::Column::State.eq(BatchState::Draft.as_str()))
        .filter(batch::Column::CreatedAt.lt(before))
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Removes a draft with its rows; whether it was one still.
pub(crate) async fn delete_draft(conn: &Conn, id: Uuid) -> Result<bool, StorageError> {
    let gone = batch::Entity::delete_many()
        .filter(batch::Column::Id.eq(id))
        .filter(batch::Column::State.eq(BatchState::Draft.as_str()))
        .exec(conn)
        .await?;
    if gone.rows_affected == 0 {
        return Ok(false);
    }
    batch_row::Entity::delete_many()
        .filter(batch_row::Column::BatchId.eq(id))
        .exec(conn)
        .await?;
    Ok(true)
}

impl batch::Model {
    /// Where it stands.
    pub(crate) fn current_state(&self) -> Result<BatchState, StorageError> {
        BatchState::parse(&self.state).ok_or(StorageError::Misuse(
            "approval_batch.state holds an unknown word",
        ))
    }
}
