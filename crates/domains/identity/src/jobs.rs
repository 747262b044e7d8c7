//! What identity does by the clock.

use std::time::Duration;

use tb_jobs::{JobError, Periodic};
use tb_kernel::RequestId;
use tb_storage::{Origin, Store};

use crate::model::{ATTEMPT_WINDOW, LOCK_TIME};
use crate::settings::Settings;
use crate::store;

/// Ended sessions are kept this long, for questions about who was signed in.
const KEPT: chrono::Duration = chrono::Duration::days(7);

/// Deletes sessions that ended, or ran out, more than seven days ago, and attempts that no longer
/// count.
pub(crate) fn delete_old_sessions(settings: Settings) -> Periodic {
    Periodic::new(
        "identity.delete_old_sessions",
        Duration::from_hours(1),
        move |store| delete(store, settings),
    )
}

async fn delete(store: Store, settings: Settings) -> Result<(), JobError> {
    let tx = store
        .begin(Origin::system(
            "identity.delete_old_sessions",
            RequestId(store.new_id()),
        ))
        .await?;
    let ended_before = tx.now() - KEPT;
    let created_before = ended_before - settings.absolute();
    let attempts_before = tx.now() - ATTEMPT_WINDOW - LOCK_TIME;
    let rows = store::tidy(tx.conn(), ended_before, created_before, attempts_before).await?;
    tx.commit(&()).await?;
    if rows > 0 {
        tracing::info!(rows, "old sessions and attempts deleted");
    }
    Ok(())
}
