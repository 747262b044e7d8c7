//! What a domain hands to the binary, as data: the binary serves its routes, runs its jobs and
//! subscriptions, applies its migrations and knows its texts, without knowing its rules.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use tb_events::Subscription;
use tb_jobs::{Periodic, QueueHandler};
use tb_kernel::Locale;
use tb_storage::BlobColumn;
use tb_storage::migration::MigrationSet;
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;

/// A domain, ready to be served.
pub struct Module {
    /// Name: URL prefix `/api/v1/<domain>`, table prefix, event prefix.
    pub domain: &'static str,
    /// Public routes, relative to the prefix, each guarded by its permission.
    pub routes: OpenApiRouter,
    /// Routes for other roles, relative to `/internal/v1/<domain>`; the service key guards them.
    pub internal: Router,
    /// What it listens to.
    pub subscriptions: Vec<Subscription>,
    /// What it does by the clock.
    pub periodic: Vec<Periodic>,
    /// What it does later, out of its queue.
    pub queues: Vec<QueueHandler>,
    /// What it does all the time.
    pub tasks: Vec<Task>,
}

/// How a task starts: it gets the token that asks it to end.
pub type Start =
    Arc<dyn Fn(CancellationToken) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// A loop that runs until the shutdown; restarted by the supervisor should it panic.
#[derive(Clone)]
pub struct Task {
    /// Name, for log and metrics.
    pub name: &'static str,
    /// Starts it.
    pub start: Start,
}

impl Task {
    /// A task.
    pub fn new<F, R>(name: &'static str, start: F) -> Self
    where
        F: Fn(CancellationToken) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        Self {
            name,
            start: Arc::new(move |shutdown| Box::pin(start(shutdown))),
        }
    }
}

/// What the binary must know of a domain before it is opened.
pub struct Manifest {
    /// Name.
    pub domain: &'static str,
    /// Its tables.
    pub migrations: MigrationSet,
    /// Texts of its error codes: flat JSON by language.
    pub texts: [(Locale, &'static str); 2],
    /// Every error code, so that a test can demand its texts.
    pub codes: &'static [&'static str],
    /// Its columns that name stored files. What no row of any domain names is deleted, so a domain
    /// that hands an address on keeps its row: whoever keeps the address sealed relies on that.
    pub blobs: &'static [BlobColumn],
}
