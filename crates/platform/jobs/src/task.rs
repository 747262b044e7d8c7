//! Tasks. They start here and nowhere else, carry a name for the log, and end with their owner.

use std::borrow::Cow;
use std::future::Future;

use tokio::task::{JoinError, JoinHandle};
use tracing::Instrument;

/// A running task. Dropping it ends the task at its next pause, so nothing runs that nobody owns.
#[derive(Debug)]
#[must_use = "a task ends when it is dropped"]
pub struct Task<T> {
    name: Cow<'static, str>,
    handle: JoinHandle<T>,
}

impl<T> Task<T> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.handle.is_finished()
    }

    /// Waits for its end; an error where it panicked or was ended. May be called again where the
    /// wait was broken off.
    pub async fn join(&mut self) -> Result<T, JoinError> {
        (&mut self.handle).await
    }

    /// Ends it at its next pause.
    pub fn abort(&self) {
        self.handle.abort();
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

/// Starts a task under a name.
#[expect(clippy::disallowed_methods, reason = "the one home of tokio::spawn")]
pub fn spawn<T: Send + 'static>(
    name: impl Into<Cow<'static, str>>,
    future: impl Future<Output = T> + Send + 'static,
) -> Task<T> {
    let name = name.into();
    let span = tracing::info_span!("task", name = %name);
    Task {
        handle: tokio::spawn(future.instrument(span)),
        name,
    }
}
