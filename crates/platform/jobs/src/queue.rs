//! The queue: enqueuing in a transaction, and dead jobs for the operator.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::Serialize;
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use tb_storage::{Column, Conn, Origin, StorageError, Store, Tx};
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

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadJob {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Unique key.
    pub key: Option<String>,
    /// Attempts made.
    pub attempts: i32,
    /// Stable code of what went wrong.
    pub code: String,
    /// The same in words.
    pub error: String,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

/// How many jobs wait that could run now.
pub async fn due_jobs(store: &Store) -> Result<u64, StorageError> {
    let due = queue::Entity::find()
        .filter(queue::Column::State.ne(DEAD))
        .filter(queue::Column::RunAt.lte(store.clock().now()));
    Ok(due.count(&store.read()).await?)
}

/// Jobs that were given up, newest first.
pub async fn dead_jobs(conn: &Conn, page: &PageRequest) -> Result<Page<DeadJob>, Fault> {
    let mut query = queue::Entity::find().filter(queue::Column::State.eq(DEAD));
    if let Some(cursor) = page.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        let id: Uuid = cursor
            .parse()
            .map_err(|_| Fault::new(ErrorKind::Invalid, "jobs.wrong_cursor"))?;
        query = query.filter(queue::Column::Id.lt(id));
    }
    let rows = query
        .order_by(queue::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(conn)
        .await
        .map_err(StorageError::from)?;
    Ok(
        Page::from_surplus(rows, page.limit(), |row| row.id.to_string()).map(|row| DeadJob {
            id: row.id,
            kind: row.kind,
            key: row.key,
            attempts: row.attempts,
            code: row.code,
            error: row.error,
            created_at: row.created_at,
        }),
    )
}

/// Puts a dead job back to work.
pub async fn requeue(store: &Store, origin: Origin, id: Uuid) -> Result<(), Fault> {
    let mut tx = store.begin(origin).await?;
    let found = queue::Entity::find_by_id(id)
        .one(tx.conn())
        .await
        .map_err(StorageError::from)?;
    if found.is_none_or(|row| row.state != DEAD) {
        return Err(Fault::new(ErrorKind::NotFound, "jobs.no_such_dead_job"));
    }
    let again = queue::ActiveModel {
        id: Set(id),
        state: Set(READY.to_owned()),
        attempts: Set(0),
        run_at: Set(tx.now()),
        ..Default::default()
    };
    again.update(tx.conn()).await.map_err(StorageError::from)?;
    tx.done("jobs.job.requeued", "job", id);
    tx.ring_on_commit();
    tx.commit(&()).await?;
    Ok(())
}
