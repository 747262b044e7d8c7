//! A queued job as its domain writes it, and the form in which the runner keeps it.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use tb_storage::Store;
use uuid::Uuid;

use crate::error::JobError;

/// One run of a queued job.
#[derive(Clone, Debug)]
pub struct JobRun {
    /// The job; a good request id for its transactions.
    pub id: Uuid,
    /// Its unique key, if it has one.
    pub key: Option<String>,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

/// Work that is done later, at least once: a run may be cut short and repeated, so it has to be
/// written so that doing it twice does no harm.
#[async_trait::async_trait]
pub trait Job: Send + Sync + 'static {
    /// `<domain>.<verb>_<noun>`.
    const KIND: &'static str;
    /// What it needs to know.
    type Args: DeserializeOwned + Send;

    /// Does it.
    async fn run(&self, store: &Store, run: &JobRun, args: Self::Args) -> Result<(), JobError>;
}

/// A job whose arguments are JSON still.
#[async_trait::async_trait]
pub(crate) trait AnyJob: Send + Sync {
    async fn run_json(&self, store: &Store, run: &JobRun, args: &[u8]) -> Result<(), JobError>;
}

#[async_trait::async_trait]
impl<J: Job> AnyJob for J {
    async fn run_json(&self, store: &Store, run: &JobRun, args: &[u8]) -> Result<(), JobError> {
        let args = serde_json::from_slice(args).map_err(|_| {
            JobError::permanent("jobs.args", "the arguments do not have the form of the job")
        })?;
        self.run(store, run, args).await
    }
}

/// A queued job of any kind, as a module lists it.
#[derive(Clone)]
pub struct QueueHandler {
    pub(crate) kind: &'static str,
    pub(crate) job: Arc<dyn AnyJob>,
}

impl std::fmt::Debug for QueueHandler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QueueHandler({})", self.kind)
    }
}

impl<J: Job> From<J> for QueueHandler {
    fn from(job: J) -> Self {
        Self {
            kind: J::KIND,
            job: Arc::new(job),
        }
    }
}
