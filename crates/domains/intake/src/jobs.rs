//! What intake does by the clock, and later out of its queue.

use std::time::Duration;

use tb_jobs::{Job, JobError, JobRun, Periodic, QueueHandler};
use tb_kernel::RequestId;
use tb_storage::{Origin, Store};

use uuid::Uuid;

use crate::app::App;
use crate::service::batch::run;
use crate::service::delete::delete_lapsed;
use crate::service::signing::due;

const DELETE_LAPSED: &str = "intake.delete_lapsed_drafts";
const RESUME_BATCHES: &str = "intake.resume_batches";
const SIGNATURES_DUE: &str = "intake.signatures_due";

/// Makes the applications of a batch; its id is the argument.
struct RunBatch(App);

#[async_trait::async_trait]
impl Job for RunBatch {
    const KIND: &'static str = run::RUN;
    type Args = Uuid;

    async fn run(&self, store: &Store, run: &JobRun, id: Uuid) -> Result<(), JobError> {
        Ok(Box::pin(run::run(&self.0, store, run.id, id)).await?)
    }
}

/// What waits in the queue.
pub(crate) fn queues(app: &App) -> Vec<QueueHandler> {
    vec![RunBatch(app.clone()).into()]
}

/// Deletes drafts that were begun for somebody by a paper whose last day has passed.
pub(crate) fn delete_lapsed_drafts() -> Periodic {
    Periodic::new(DELETE_LAPSED, Duration::from_hours(24), delete)
}

async fn delete(store: Store) -> Result<(), JobError> {
    let origin = Origin::system(DELETE_LAPSED, RequestId(store.new_id()));
    let rows = delete_lapsed(&store, origin).await?;
    if rows > 0 {
        tracing::info!(rows, "drafts that nobody can reach deleted");
    }
    Ok(())
}

/// Has batches go on whose job was given up.
pub(crate) fn resume_batches() -> Periodic {
    Periodic::new(RESUME_BATCHES, Duration::from_hours(1), resume)
}

async fn resume(store: Store) -> Result<(), JobError> {
    let origin = Origin::system(RESUME_BATCHES, RequestId(store.new_id()));
    let batches = run::resume(&store, &origin).await?;
    if batches > 0 {
        tracing::warn!(batches, "batches that had come to a stop go on");
    }
    Ok(())
}

/// Reminds co-applicants who have not signed, and ends the requests whose term has passed.
pub(crate) fn look_after_signatures() -> Periodic {
    Periodic::new(SIGNATURES_DUE, Duration::from_hours(1), signatures)
}

async fn signatures(store: Store) -> Result<(), JobError> {
    let origin = Origin::system(SIGNATURES_DUE, RequestId(store.new_id()));
    let rows = due::run(&store, &origin).await?;
    if rows > 0 {
        tracing::info!(rows, "requests for signatures looked after");
    }
    Ok(())
}
