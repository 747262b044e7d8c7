//! The queue: enqueuing in a transaction. What the operator does with it is in `operate`.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use serde::Serialize;
use tb_storage::{Column, StorageError, Store, Tx};
use uuid::Uuid;

use crate::entity::queue;

pub(crate) const ARGS: Column = Column::new("job_queue", "args");
pub(crate) const READY: &str = "ready";
pub(crate) const DEAD: &str = "dead";

/// Enqueues a job in the transaction that wants it done, to be run at `run_at` or later
/// (`None`: at once), and returns its id. With a key there is one such job at most: enqueuing it again replaces the
/// arguments, brings `run_at` forward, and has it run once more where it is running just now.
pub async fn enqueue(
    tx: &mut Tx,
    kind: &str,
    key: Option<&str>,
    run_at: impl Into<Option<DateTime<Utc>>>,
    args: &impl Serialize,
) -> Result<Uuid, StorageError> {
    let run_at = run_at.into().unwrap_or_else(|| tx.now());
    let id = tx.new_id();
    let row = queue::ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        key: Set(key.map(str::to_owned)),
        args: Set(tx.sealer().seal_json(ARGS, id, args)?),
        generation: Set(1),
        state: Set(READY.to_owned()),
        run_at: Set(run_at),
        attempts: Set(0),
        owner: Set(None),
        lease_until: Set(None),
        code: Set(String::new()),
        error: Set(String::new()),
        created_at: Set(tx.now()),
    };
    let unique = OnConflict::columns([queue::Column::Kind, queue::Column::Key])
        .do_nothing()
        .to_owned();
    let inserted = queue::Entity::insert(row)
        .on_conflict(unique)
        .exec_without_returning(tx.conn())
        .await?;
    let id = if inserted == 1 {
        id
    } else {
        replace(tx, kind, key, run_at, args).await?
    };
    tx.ring_on_commit();
    Ok(id)
}

async fn replace(
    tx: &Tx,
    kind: &str,
    key: Option<&str>,
    run_at: DateTime<Utc>,
    args: &impl Serialize,
) -> Result<Uuid, StorageError> {
    let found = queue::Entity::find()
        .filter(queue::Column::Kind.eq(kind))
        .filter(queue::Column::Key.eq(key))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    let Some(found) = found else {
        // It was finished between the two statements; the caller's request is repeated.
        return Err(StorageError::Misuse(
            "the job was finished in the same moment",
        ));
    };
    let again = queue::ActiveModel {
        id: Set(found.id),
        args: Set(tx.sealer().seal_json(ARGS, found.id, args)?),
        generation: Set(found.generation + 1),
        state: Set(READY.to_owned()),
        run_at: Set(if found.state == DEAD {
            run_at
        } else {
            run_at.min(found.run_at)
        }),
        attempts: Set(if found.state == DEAD {
            0
        } else {
            found.attempts
        }),
        ..Default::default()
    };
    again.update(tx.conn()).await?;
    Ok(found.id)
}

/// How many jobs wait that could run now.
pub async fn due_jobs(store: &Store) -> Result<u64, StorageError> {
    let due = queue::Entity::find()
        .filter(queue::Column::State.ne(DEAD))
        .filter(queue::Column::RunAt.lte(store.clock().now()));
    Ok(due.count(&store.read()).await?)
}
