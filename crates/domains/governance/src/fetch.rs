//! Fetching (P4): a task asks the intake API for changes behind its cursor and publishes them. In
//! one process it is woken by commits; over to another role it asks a few times a second.

use std::sync::Arc;
use std::time::Duration;

use tb_contract::ports::IntakeChanges;
use tb_kernel::{Fault, RequestId};
use tb_module::Task;
use tb_storage::{Origin, Store};

use crate::{service, store};

const PAGE: u64 = 100;
const QUIET: Duration = Duration::from_millis(200);
const TROUBLED: Duration = Duration::from_secs(2);

/// The task.
pub(crate) fn task(storage: Store, intake: Arc<dyn IntakeChanges>) -> Task {
    Task::new("governance.fetch_intake_changes", move |shutdown| {
        let (storage, intake) = (storage.clone(), intake.clone());
        async move {
            let mut wake = storage.wake().listen();
            while !shutdown.is_cancelled() {
                let pause = match fetch_page(&storage, intake.as_ref()).await {
                    Ok(true) => continue,
                    Ok(false) => QUIET,
                    Err(fault) => {
                        tracing::warn!(code = fault.code, cause = ?fault.cause, "the intake API could not be read");
                        TROUBLED
                    }
                };
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    _ = wake.changed() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    })
}

/// Takes one page; `true` where there may be more.
pub(crate) async fn fetch_page(storage: &Store, intake: &dyn IntakeChanges) -> Result<bool, Fault> {
    let from = store::feed_cursor(&storage.read()).await?;
    let page = intake.changes(&from, PAGE).await?;
    if page.changes.is_empty() {
        return Ok(false);
    }
    let origin = Origin::system(
        "governance.fetch_intake_changes",
        RequestId(storage.new_id()),
    );
    let mut tx = storage.begin(origin).await?;
    if !store::move_feed_cursor(tx.conn(), &from, &page.cursor, tx.now()).await? {
        // Another process of this role was faster: what it took is published.
        return Ok(true);
    }
    for change in &page.changes {
        service::publish_change(&mut tx, change).await?;
    }
    tx.commit(&()).await?;
    Ok(true)
}
