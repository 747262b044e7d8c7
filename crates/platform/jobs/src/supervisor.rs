//! Owns the long-running tasks of a process: restarts one that panics, ends all at shutdown.

use std::borrow::Cow;
use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::task::{Task, spawn};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A task that has run so long is well again: its next panic is a first one.
const WELL_AFTER: Duration = Duration::from_mins(1);

/// The owner of tasks.
#[derive(Debug)]
pub struct Supervisor {
    shutdown: CancellationToken,
    tasks: Vec<Task<()>>,
}

impl Supervisor {
    /// A supervisor whose tasks end when `shutdown` is cancelled.
    pub fn new(shutdown: CancellationToken) -> Self {
        Self {
            shutdown,
            tasks: Vec::new(),
        }
    }

    /// What its tasks listen to.
    pub fn shutdown(&self) -> &CancellationToken {
        &self.shutdown
    }

    /// Starts a task. It gets the token to listen to; when it panics it is made anew after a
    /// pause, when it returns it is done.
    pub fn start<F>(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        make: impl Fn(CancellationToken) -> F + Send + 'static,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let name = name.into();
        let shutdown = self.shutdown.clone();
        let watched = watch(name.clone(), shutdown, make);
        self.tasks.push(spawn(name, watched));
    }

    /// Asks all tasks to end, waits up to `deadline`, ends the rest by force and names them.
    pub async fn stop(mut self, deadline: Duration) -> Vec<String> {
        self.shutdown.cancel();
        let until = Instant::now() + deadline;
        let mut late = Vec::new();
        for task in &mut self.tasks {
            if tokio::time::timeout_at(until, task.join()).await.is_err() {
                tracing::error!(task = task.name(), "a task did not end in time");
                task.abort();
                late.push(task.name().to_owned());
            }
        }
        late
    }
}

async fn watch<F>(
    name: Cow<'static, str>,
    shutdown: CancellationToken,
    make: impl Fn(CancellationToken) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let begun = Instant::now();
        if spawn(name.clone(), make(shutdown.clone()))
            .join()
            .await
            .is_ok()
        {
            return;
        }
        if begun.elapsed() > WELL_AFTER {
            pause = FIRST_PAUSE;
        }
        tracing::error!(task = %name, ?pause, "a task panicked and will be restarted");
        metrics::counter!("tongban_task_panics_total", "task" => name.clone()).increment(1);
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
