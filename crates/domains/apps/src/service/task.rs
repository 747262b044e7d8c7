//! The task that sends what is due: woken by commits, and by the clock for tries that come due.

use std::collections::HashMap;
use std::time::Duration;

use futures::StreamExt;
use tb_kernel::Fault;
use tb_module::Task;
use tb_storage::Store;
use uuid::Uuid;

use crate::{App, service, store};

/// Messages taken at once, and of one endpoint: one that hangs does not hold up the others.
const BATCH: u64 = 64;
const OF_ONE: usize = 8;
const AT_ONCE: usize = 32;
const QUIET: Duration = Duration::from_secs(1);

/// The task.
pub(crate) fn task(storage: Store, app: App) -> Task {
    Task::new("apps.deliver", move |shutdown| {
        let (storage, app) = (storage.clone(), app.clone());
        async move {
            let mut wake = storage.wake().listen();
            while !shutdown.is_cancelled() {
                match send_due(&storage, &app).await {
                    Ok(sent) if sent > 0 => continue,
                    Ok(_) => {}
                    Err(fault) => {
                        tracing::warn!(code = fault.code, cause = ?fault.cause, "messages could not be sent");
                    }
                }
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    _ = wake.changed() => {}
                    () = tokio::time::sleep(QUIET) => {}
                }
            }
        }
    })
}

/// Sends what is due; how many messages.
pub(crate) async fn send_due(storage: &Store, app: &App) -> Result<usize, Fault> {
    let due = store::delivery::due(&storage.read(), storage.clock().now(), BATCH).await?;
    let mut of: HashMap<Uuid, usize> = HashMap::new();
    let due: Vec<_> = due
        .into_iter()
        .filter(|row| {
            let count = of.entry(row.endpoint_id).or_default();
            *count += 1;
            *count <= OF_ONE
        })
        .collect();
    let sent = due.len();
    let mut all = futures::stream::iter(due)
        .map(|row| async move { service::deliver(storage, app, &row).await })
        .buffer_unordered(AT_ONCE);
    let mut failed = None;
    while let Some(done) = all.next().await {
        failed = done.err().or(failed);
    }
    failed.map_or(Ok(sent), Err)
}
