//! Jobs that run again and again. Each name is led by one process; when that one falls silent,
//! another takes over.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use tb_storage::Store;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::error::JobError;
use crate::lease;

type Run = Arc<dyn Fn(Store) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// A job that runs at an interval, in one process at a time.
#[derive(Clone)]
pub struct Periodic {
    /// `<domain>.<verb>_<noun>`.
    pub name: &'static str,
    /// Time from the start of one run to the start of the next.
    pub every: Duration,
    run: Run,
}

impl std::fmt::Debug for Periodic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Periodic({} every {:?})", self.name, self.every)
    }
}

impl Periodic {
    /// A job `name` that calls `run` at once and then at an interval.
    pub fn new<F>(
        name: &'static str,
        every: Duration,
        run: impl Fn(Store) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        Self {
            name,
            every,
            run: Arc::new(move |store| run(store).boxed()),
        }
    }

    /// Runs it once, now, whoever leads it: for tests and for an operator's command.
    pub async fn run_once(&self, store: Store) -> Result<(), JobError> {
        (self.run)(store).await
    }
}

/// Leads the job, or waits to lead it, until shutdown.
pub(crate) async fn lead(
    store: Store,
    job: Periodic,
    lease: Duration,
    shutdown: CancellationToken,
) {
    let mut leader = Leader {
        owner: store.new_id(),
        held_until: None,
        store,
        job,
        lease,
    };
    loop {
        let begun = Instant::now();
        let pause = tokio::select! {
            () = shutdown.cancelled() => break,
            pause = leader.turn() => pause,
        };
        tokio::select! {
            () = shutdown.cancelled() => break,
            () = tokio::time::sleep_until(begun + pause) => {}
        }
    }
    if leader.held_until.is_some()
        && let Err(error) = lease::give_back(&leader.store, leader.job.name, leader.owner).await
    {
        tracing::warn!(job = leader.job.name, %error, "a lease could not be given back");
    }
}

struct Leader {
    store: Store,
    job: Periodic,
    lease: Duration,
    owner: Uuid,
    held_until: Option<DateTime<Utc>>,
}

impl Leader {
    /// One turn; the time from its start to the next.
    async fn turn(&mut self) -> Duration {
        let now = self.store.clock().now();
        if self
            .held_until
            .is_none_or(|until| until - now < self.half())
        {
            match lease::take(&self.store, self.job.name, self.owner, self.lease).await {
                Ok(Ok(until)) => self.held_until = Some(until),
                Ok(Err(others_until)) => {
                    self.held_until = None;
                    let rest = (others_until - now).to_std().unwrap_or_default();
                    return rest
                        .clamp(self.lease / 10, self.lease)
                        .max(self.job.every.min(self.lease));
                }
                Err(error) => {
                    tracing::warn!(job = self.job.name, %error, "a lease could not be taken");
                    self.held_until = None;
                    return self.job.every;
                }
            }
        }
        let begun = Instant::now();
        let run = (self.job.run)(self.store.clone());
        let outcome = tokio::select! {
            result = run => match result {
                Ok(()) => "done",
                Err(JobError::Transient(fault)) => {
                    tracing::warn!(job = self.job.name, error = %fault, "a periodic job failed");
                    "failed"
                }
                Err(error) => {
                    tracing::warn!(job = self.job.name, %error, "a periodic job failed");
                    "failed"
                }
            },
            () = self.hold() => "lost",
        };
        if outcome == "lost" {
            tracing::error!(
                job = self.job.name,
                "the lease was lost in the middle of a run"
            );
            self.held_until = None;
        }
        metrics::counter!("tongban_periodic_total", "job" => self.job.name, "outcome" => outcome)
            .increment(1);
        metrics::histogram!("tongban_periodic_seconds", "job" => self.job.name)
            .record(begun.elapsed().as_secs_f64());
        self.job.every
    }

    fn half(&self) -> chrono::Duration {
        chrono::Duration::from_std(self.lease / 2).unwrap_or_default()
    }

    /// Renews the lease during a run; returns where it is lost.
    async fn hold(&self) {
        let mut last = Instant::now();
        loop {
            tokio::time::sleep(self.lease / 3).await;
            match lease::take(&self.store, self.job.name, self.owner, self.lease).await {
                Ok(Ok(_)) => last = Instant::now(),
                Ok(Err(_)) => return,
                Err(_) if last.elapsed() > self.lease => return,
                Err(_) => {}
            }
        }
    }
}
