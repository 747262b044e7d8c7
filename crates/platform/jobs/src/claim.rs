//! The runner's side of the queue: claiming by lease, renewing, settling.

use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_storage::{Origin, StorageError, Tx};
use uuid::Uuid;

use crate::backoff::backoff;
use crate::entity::queue;
use crate::error::JobError;
use crate::queue::{ARGS, DEAD, READY};
use crate::runner::JobRunner;

/// A job claimed.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) key: Option<String>,
    pub(crate) generation: i64,
    pub(crate) attempts: i32,
    pub(crate) args: Vec<u8>,
}

impl Claimed {
    /// The job of a row that was just claimed.
    fn new(row: queue::Model, args: Vec<u8>) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            key: row.key,
            generation: row.generation,
            attempts: row.attempts + 1,
            args,
        }
    }
}

/// Claims up to `limit` jobs of these kinds that are due.
pub(crate) async fn due(
    runner: &JobRunner,
    kinds: impl Iterator<Item = &'static str>,
    limit: usize,
) -> Result<Vec<Claimed>, StorageError> {
    let now = runner.store.clock().now();
    let free = Condition::any()
        .add(queue::Column::LeaseUntil.is_null())
        .add(queue::Column::LeaseUntil.lt(now));
    let rows = queue::Entity::find()
        .filter(queue::Column::State.eq(READY))
        .filter(queue::Column::RunAt.lte(now))
        .filter(queue::Column::Kind.is_in(kinds))
        .filter(free)
        .order_by(queue::Column::RunAt, Order::Asc)
        .limit(limit as u64)
        .all(&runner.store.read())
        .await?;
    let mut claimed = Vec::with_capacity(rows.len());
    if rows.is_empty() {
        return Ok(claimed);
    }
    let tx = begin(runner).await?;
    for row in rows {
        if !claim(runner, &tx, &row).await? || row.attempts >= runner.config.max_attempts {
            continue;
        }
        match runner.store.sealer().open(ARGS, row.id, &row.args) {
            Ok(args) => claimed.push(Claimed::new(row, args)),
            // The others are not to wait for one that nobody can read.
            Err(error) => {
                tracing::warn!(job = %row.id, %error, "the arguments of a job cannot be opened");
                let job = Claimed::new(row, Vec::new());
                let error = JobError::permanent(
                    "jobs.unreadable",
                    "the arguments cannot be opened: their key is missing or they were altered",
                );
                failed(runner, &tx, &job, &error)
                    .filter(queue::Column::Id.eq(job.id))
                    .exec(tx.conn())
                    .await?;
            }
        }
    }
    tx.commit(&()).await?;
    Ok(claimed)
}

/// Claims one job, unless another process was faster. One that has used up its attempts without
/// an end on record (it takes its process down with it) is dead.
async fn claim(runner: &JobRunner, tx: &Tx, row: &queue::Model) -> Result<bool, StorageError> {
    let update = if row.attempts < runner.config.max_attempts {
        queue::Entity::update_many()
            .col_expr(queue::Column::Owner, Expr::value(runner.owner))
            .col_expr(
                queue::Column::LeaseUntil,
                Expr::value(tx.now() + runner.config.lease),
            )
            .col_expr(queue::Column::Attempts, Expr::value(row.attempts + 1))
    } else {
        tracing::error!(job = %row.id, kind = row.kind, "a job never came to an end and is given up");
        queue::Entity::update_many()
            .col_expr(queue::Column::State, Expr::value(DEAD))
            .col_expr(queue::Column::Code, Expr::value("jobs.never_ended"))
            .col_expr(
                queue::Column::Error,
                Expr::value("the process ended in the middle of every attempt"),
            )
    };
    let lease = match row.lease_until {
        Some(until) => queue::Column::LeaseUntil.eq(until),
        None => queue::Column::LeaseUntil.is_null(),
    };
    let changed = update
        .filter(queue::Column::Id.eq(row.id))
        .filter(queue::Column::Generation.eq(row.generation))
        .filter(queue::Column::Attempts.eq(row.attempts))
        .filter(queue::Column::State.eq(READY))
        .filter(lease)
        .exec(tx.conn())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Renews the leases of all jobs under way.
pub(crate) async fn renew(runner: &JobRunner) -> Result<(), StorageError> {
    let tx = begin(runner).await?;
    queue::Entity::update_many()
        .col_expr(
            queue::Column::LeaseUntil,
            Expr::value(tx.now() + runner.config.lease),
        )
        .filter(queue::Column::Owner.eq(runner.owner))
        .exec(tx.conn())
        .await?;
    tx.commit(&()).await
}

/// Gives back what is under way, so that nobody waits for the lease to run out. The attempt that
/// was cut short does not count.
pub(crate) async fn give_back(runner: &JobRunner) -> Result<(), StorageError> {
    let tx = begin(runner).await?;
    free(queue::Entity::update_many())
        .col_expr(
            queue::Column::Attempts,
            Expr::col(queue::Column::Attempts).sub(1),
        )
        .filter(queue::Column::Owner.eq(runner.owner))
        .exec(tx.conn())
        .await?;
    tx.commit(&()).await
}

/// Records how a job ended.
pub(crate) async fn settle(
    runner: &JobRunner,
    job: &Claimed,
    result: Result<(), JobError>,
) -> Result<(), StorageError> {
    let tx = begin(runner).await?;
    let mine = Condition::all()
        .add(queue::Column::Id.eq(job.id))
        .add(queue::Column::Owner.eq(runner.owner));
    let same = mine
        .clone()
        .add(queue::Column::Generation.eq(job.generation));
    let settled = match &result {
        Ok(()) => {
            queue::Entity::delete_many()
                .filter(same)
                .exec(tx.conn())
                .await?
                .rows_affected
        }
        Err(error) => {
            failed(runner, &tx, job, error)
                .filter(same)
                .exec(tx.conn())
                .await?
                .rows_affected
        }
    };
    if settled == 0 {
        // It was enqueued again while it ran: once more, from the beginning.
        let again =
            free(queue::Entity::update_many()).col_expr(queue::Column::Attempts, Expr::value(0));
        again.filter(mine).exec(tx.conn()).await?;
    }
    tx.commit(&()).await
}

fn failed(
    runner: &JobRunner,
    tx: &Tx,
    job: &Claimed,
    error: &JobError,
) -> sea_orm::UpdateMany<queue::Entity> {
    let cause = match error {
        JobError::Transient(fault) => fault.to_string(),
        other @ JobError::Permanent { .. } => other.to_string(),
    };
    let dead =
        matches!(error, JobError::Permanent { .. }) || job.attempts >= runner.config.max_attempts;
    if dead {
        tracing::error!(job = %job.id, kind = job.kind, attempts = job.attempts, cause, "a job is given up");
    } else {
        tracing::info!(job = %job.id, kind = job.kind, attempts = job.attempts, cause, "a job will be tried again");
    }
    let (code, text) = error.code_and_text();
    let wait = backoff(
        job.attempts,
        runner.config.backoff,
        runner.config.max_backoff,
        runner.store.entropy(),
    );
    free(queue::Entity::update_many())
        .col_expr(
            queue::Column::State,
            Expr::value(if dead { DEAD } else { READY }),
        )
        .col_expr(queue::Column::RunAt, Expr::value(tx.now() + wait))
        .col_expr(queue::Column::Code, Expr::value(code))
        .col_expr(queue::Column::Error, Expr::value(text))
}

fn free(update: sea_orm::UpdateMany<queue::Entity>) -> sea_orm::UpdateMany<queue::Entity> {
    update
        .col_expr(queue::Column::Owner, Expr::value(None::<Uuid>))
        .col_expr(
            queue::Column::LeaseUntil,
            Expr::value(None::<chrono::DateTime<chrono::Utc>>),
        )
}

async fn begin(runner: &JobRunner) -> Result<Tx, StorageError> {
    runner
        .store
        .begin(Origin::system("job_runner", runner.store.new_id().into()))
        .await
}
