//! What the operator sees of the queue and does with dead jobs.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use tb_storage::{Conn, Origin, StorageError, Store};
use uuid::Uuid;

use crate::entity::queue;
use crate::queue::{DEAD, READY};

/// A job of the queue, without its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueuedJob {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Unique key.
    pub key: Option<String>,
    /// Whether it was given up.
    pub dead: bool,
    /// Attempts made.
    pub attempts: i32,
    /// When it runs next, if it was not given up.
    pub run_at: DateTime<Utc>,
    /// Stable code of what went wrong last; empty where nothing did.
    pub code: String,
    /// The same in words.
    pub error: String,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

/// Which jobs.
#[derive(Clone, Debug, Default)]
pub struct JobFilter {
    /// Only those that were given up.
    pub dead: bool,
    /// Only those of a kind.
    pub kind: Option<String>,
}

/// Jobs of the queue, newest first.
pub async fn list_jobs(
    conn: &Conn,
    filter: &JobFilter,
    page: &PageRequest,
) -> Result<Page<QueuedJob>, Fault> {
    let mut query = queue::Entity::find();
    if filter.dead {
        query = query.filter(queue::Column::State.eq(DEAD));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(queue::Column::Kind.eq(kind));
    }
    if let Some(cursor) = page.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        let id: Uuid = cursor
            .parse()
            .map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?;
        query = query.filter(queue::Column::Id.lt(id));
    }
    let rows = query
        .order_by(queue::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(conn)
        .await
        .map_err(StorageError::from)?;
    Ok(Page::from_surplus(rows, page.limit(), |row| row.id.to_string()).map(shown))
}

fn shown(row: queue::Model) -> QueuedJob {
    QueuedJob {
        id: row.id,
        kind: row.kind,
        key: row.key,
        dead: row.state == DEAD,
        attempts: row.attempts,
        run_at: row.run_at,
        code: row.code,
        error: row.error,
        created_at: row.created_at,
    }
}

/// How many jobs of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCount {
    /// Kind.
    pub kind: String,
    /// Waiting or under way.
    pub waiting: u64,
    /// Given up.
    pub dead: u64,
}

/// How many jobs of each kind there are; kinds without any are left out.
pub async fn count_jobs(conn: &Conn) -> Result<Vec<JobCount>, StorageError> {
    let rows: Vec<(String, String, i64)> = queue::Entity::find()
        .select_only()
        .columns([queue::Column::Kind, queue::Column::State])
        .column_as(queue::Column::Id.count(), "jobs")
        .group_by(queue::Column::Kind)
        .group_by(queue::Column::State)
        .order_by(queue::Column::Kind, Order::Asc)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: Vec<JobCount> = Vec::new();
    for (kind, state, jobs) in rows {
        let jobs = u64::try_from(jobs).unwrap_or_default();
        if counts.last().is_none_or(|last| last.kind != kind) {
            let (waiting, dead) = (0, 0);
            counts.push(JobCount {
                kind,
                waiting,
                dead,
            });
        }
        if let Some(count) = counts.last_mut() {
            *(if state == DEAD {
                &mut count.dead
            } else {
                &mut count.waiting
            }) += jobs;
        }
    }
    Ok(counts)
}

/// Which dead jobs to put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadSelection {
    /// One.
    Id(Uuid),
    /// All of a kind.
    Kind(String),
}

/// Puts dead jobs back to work, each with its audit row; returns how many.
pub async fn requeue(
    store: &Store,
    origin: Origin,
    selection: &DeadSelection,
) -> Result<u64, Fault> {
    let mut tx = store.begin(origin).await?;
    let dead = queue::Entity::find()
        .select_only()
        .column(queue::Column::Id)
        .filter(queue::Column::State.eq(DEAD));
    let dead = match selection {
        DeadSelection::Id(id) => dead.filter(queue::Column::Id.eq(*id)),
        DeadSelection::Kind(kind) => dead.filter(queue::Column::Kind.eq(kind)),
    };
    let ids: Vec<Uuid> = dead
        .into_tuple()
        .all(tx.conn())
        .await
        .map_err(StorageError::from)?;
    let mut put_back = 0;
    for id in ids {
        let changed = queue::Entity::update_many()
            .col_expr(queue::Column::State, Expr::value(READY))
            .col_expr(queue::Column::Attempts, Expr::value(0))
            .col_expr(queue::Column::RunAt, Expr::value(tx.now()))
            .filter(queue::Column::Id.eq(id))
            .filter(queue::Column::State.eq(DEAD))
            .exec(tx.conn())
            .await
            .map_err(StorageError::from)?;
        if changed.rows_affected == 1 {
            tx.done("jobs.job.requeued", "job", id);
            put_back += 1;
        }
    }
    tx.ring_on_commit();
    tx.commit(&put_back).await?;
    Ok(put_back)
}
