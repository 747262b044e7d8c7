//! Runs jobs: claims what is due by a lease, a few at a time, and settles how each ended.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::{StorageError, Store};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::claim::{self, Claimed};
use crate::error::JobError;
use crate::job::{AnyJob, JobRun, QueueHandler};
use crate::operate::count_jobs;
use crate::periodic::{self, Periodic};
use crate::supervisor::Supervisor;
use crate::task::{Task, spawn};

/// Settings of the runner; the defaults suit production.
#[derive(Clone, Debug)]
pub struct RunnerConfig {
    /// Queued jobs run at the same time.
    pub workers: usize,
    /// How often the queue is looked at without a bell.
    pub poll: Duration,
    /// A process that has not been heard of for so long loses its jobs.
    pub lease: Duration,
    /// Attempts after which a job is dead.
    pub max_attempts: i32,
    /// Wait before the second attempt; doubled each time.
    pub backoff: Duration,
    /// The longest wait between attempts.
    pub max_backoff: Duration,
    /// How often the queue is counted for the metrics.
    pub gauges: Duration,
}

impl Default for RunnerConfig {
    fn default() -> Self {
        Self {
            workers: 2,
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(30),
            max_attempts: 12,
            backoff: Duration::from_secs(1),
            max_backoff: Duration::from_mins(10),
            gauges: Duration::from_secs(30),
        }
    }
}

/// Runs the jobs of a process.
pub struct JobRunner {
    pub(crate) store: Store,
    pub(crate) config: RunnerConfig,
    pub(crate) owner: Uuid,
    jobs: BTreeMap<&'static str, Arc<dyn AnyJob>>,
    periodic: Vec<Periodic>,
}

impl std::fmt::Debug for JobRunner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JobRunner({:?}, {:?})", self.jobs.keys(), self.periodic)
    }
}

/// The end of a job's run.
struct Ended {
    job: Claimed,
    result: Result<(), JobError>,
    took: Duration,
}

impl JobRunner {
    /// A runner that runs nothing yet.
    pub fn new(store: Store, config: RunnerConfig) -> Self {
        Self {
            owner: store.new_id(),
            store,
            config,
            jobs: BTreeMap::new(),
            periodic: Vec::new(),
        }
    }

    /// Adds a queued job; others of its queue are left to other processes.
    #[must_use]
    pub fn handle(mut self, handler: impl Into<QueueHandler>) -> Self {
        let handler = handler.into();
        self.jobs.insert(handler.kind, handler.job);
        self
    }

    /// Adds a periodic job.
    #[must_use]
    pub fn periodic(mut self, job: Periodic) -> Self {
        self.periodic.push(job);
        self
    }

    /// Runs until shutdown; jobs under way are then given up to their leases.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut leaders = Supervisor::new(shutdown.child_token());
        for job in &self.periodic {
            let (store, job, lease) = (self.store.clone(), job.clone(), self.config.lease);
            leaders.start(job.name, move |shutdown| {
                periodic::lead(store.clone(), job.clone(), lease, shutdown)
            });
        }
        if self.jobs.is_empty() {
            shutdown.cancelled().await;
        } else {
            self.work(&shutdown).await;
        }
        leaders.stop(Duration::from_secs(10)).await;
    }

    async fn work(&self, shutdown: &CancellationToken) {
        let mut bell = self.store.wake().listen();
        let mut running = FuturesUnordered::new();
        let mut renewed = Instant::now();
        let mut counted: Option<Instant> = None;
        loop {
            bell.mark_unchanged();
            match self.claim(running.len()).await {
                Ok(claimed) => claimed
                    .into_iter()
                    .for_each(|job| running.push(self.start(job))),
                Err(error) => tracing::warn!(%error, "the job queue cannot be read"),
            }
            if !running.is_empty() && renewed.elapsed() > self.config.lease / 3 {
                match claim::renew(self).await {
                    Ok(()) => renewed = Instant::now(),
                    Err(error) => tracing::warn!(%error, "the leases of jobs cannot be renewed"),
                }
            }
            if counted.is_none_or(|at| at.elapsed() >= self.config.gauges) {
                counted = Some(Instant::now());
                if let Err(error) = self.set_gauges().await {
                    tracing::warn!(%error, "the job queue cannot be counted");
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => break,
                rung = bell.changed() => if rung.is_err() { break },
                Some(ended) = running.next(), if !running.is_empty() => self.settle(ended).await,
                () = tokio::time::sleep(self.config.poll.min(self.config.lease / 3)) => {}
            }
        }
        drop(running);
        if let Err(error) = claim::give_back(self).await {
            tracing::warn!(%error, "jobs under way could not be given back");
        }
    }

    async fn claim(&self, running: usize) -> Result<Vec<Claimed>, StorageError> {
        let free = self.config.workers.saturating_sub(running);
        if free == 0 {
            return Ok(Vec::new());
        }
        claim::due(self, self.jobs.keys().copied(), free).await
    }

    /// Says how many jobs wait and how many were given up, of the kinds that this process runs.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a gauge is a float; counts stay far below 2^52"
    )]
    async fn set_gauges(&self) -> Result<(), StorageError> {
        let counts = count_jobs(&self.store.read()).await?;
        for kind in self.jobs.keys().copied() {
            let found = counts.iter().find(|count| count.kind == kind);
            let (waiting, dead) = found.map_or((0, 0), |count| (count.waiting, count.dead));
            metrics::gauge!("tongban_jobs_waiting", "kind" => kind).set(waiting as f64);
            metrics::gauge!("tongban_jobs_dead", "kind" => kind).set(dead as f64);
        }
        Ok(())
    }

    async fn start(&self, job: Claimed) -> Ended {
        let begun = Instant::now();
        let result = match self.jobs.get(job.kind.as_str()) {
            Some(handler) => self.call(Arc::clone(handler), &job).await,
            None => Err(JobError::permanent(
                "jobs.unknown_kind",
                "this process does not know the job",
            )),
        };
        Ended {
            job,
            result,
            took: begun.elapsed(),
        }
    }

    /// Runs the job in a task of its own, so that jobs use all cores.
    async fn call(&self, handler: Arc<dyn AnyJob>, job: &Claimed) -> Result<(), JobError> {
        let store = self.store.clone();
        let run = JobRun {
            id: job.id,
            key: job.key.clone(),
            attempt: job.attempts,
        };
        let args = job.args.clone();
        let work = async move {
            AssertUnwindSafe(handler.run_json(&store, &run, &args))
                .catch_unwind()
                .await
        };
        let mut task: Task<_> = spawn(format!("job {}", job.kind), work);
        match task.join().await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) | Err(_) => Err(JobError::Transient(Fault::new(
                ErrorKind::Internal,
                "jobs.panicked",
            ))),
        }
    }

    async fn settle(&self, ended: Ended) {
        let outcome = if ended.result.is_ok() {
            "done"
        } else {
            "failed"
        };
        let kind = ended.job.kind.clone();
        metrics::counter!("tongban_jobs_total", "kind" => kind.clone(), "outcome" => outcome)
            .increment(1);
        metrics::histogram!("tongban_job_seconds", "kind" => kind).record(ended.took.as_secs_f64());
        // Where this fails the lease runs out and the job runs again.
        if let Err(error) = claim::settle(self, &ended.job, ended.result).await {
            tracing::warn!(job = %ended.job.id, %error, "the end of a job could not be recorded");
        }
    }
}
