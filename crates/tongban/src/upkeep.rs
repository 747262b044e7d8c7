//! What the platform does for itself by the clock, in whichever process leads it: chains the audit
//! rows, lets the event log and other tables forget, and sweeps the file store.

use std::collections::BTreeMap;
use std::time::Duration;

use tb_contract::topics;
use tb_events::{Pruning, TableConfig, TableLog};
use tb_jobs::{JobError, Periodic};
use tb_storage::{Position, Store, Swept};

use crate::config::Events;
use crate::wiring;

/// Rows forgotten in one transaction: short enough that no writer notices.
const BATCH: u64 = 500;

/// Answers are kept so long for repeats of their requests.
const KEPT: chrono::Duration = chrono::Duration::hours(24);

/// All of it.
pub(crate) fn jobs(events: &Events) -> Vec<Periodic> {
    let mut jobs = vec![seal_audit(), tidy(), sweep_files()];
    if events.keep_days > 0 {
        jobs.push(prune_event_log(events.keep_days));
    }
    jobs
}

/// Chains the audit rows every second.
fn seal_audit() -> Periodic {
    Periodic::new(
        "platform.seal_audit",
        Duration::from_secs(1),
        |store| async move {
            tb_storage::seal_audit(&store).await?;
            Ok(())
        },
    )
}

/// Forgets, every hour, what nobody asks for any more: answers kept for repeats of a request, and
/// consumers that were killed. Looks at the sizes of tables anew, where the database does not.
pub fn tidy() -> Periodic {
    Periodic::new(
        "platform.tidy",
        Duration::from_hours(1),
        |store| async move {
            let before = store.clock().now() - KEPT;
            let answers = tb_storage::forget_answers(&store, before).await?;
            let members = tb_events::forget_members(&store, before).await?;
            store.refresh_statistics().await?;
            if answers + members > 0 {
                tracing::info!(answers, members, "old answers and consumers forgotten");
            }
            Ok(())
        },
    )
}

/// Sweeps the file store: what no row of any domain names goes.
pub fn sweep_files() -> Periodic {
    Periodic::new(
        "platform.sweep_files",
        Duration::from_hours(6),
        |store| async move {
            let domains = wiring::manifests().into_iter();
            let columns: Vec<_> = domains.flat_map(|domain| domain.blobs).copied().collect();
            let swept = tb_storage::sweep_blobs(&store, &columns).await?;
            if swept != Swept::default() {
                tracing::info!(?swept, "the file store was swept");
            }
            Ok(())
        },
    )
}

/// Lets the event log forget, once a day, what is older than so many days and taken by all.
pub fn prune_event_log(keep_days: u32) -> Periodic {
    Periodic::new(
        "platform.prune_event_log",
        Duration::from_hours(24),
        move |store| prune(store, keep_days),
    )
}

async fn prune(store: Store, keep_days: u32) -> Result<(), JobError> {
    let pruning = Pruning {
        before: store.clock().now() - chrono::Duration::days(keep_days.into()),
        batch: BATCH,
        cursors: cursors(&store).await?,
    };
    let log = TableLog::new(store, TableConfig::default());
    let pruned = log.prune(&pruning).await?;
    if pruned.events + pruned.marks > 0 {
        tracing::info!(
            events = pruned.events,
            marks = pruned.marks,
            "old events forgotten"
        );
    }
    Ok(())
}

/// The intake feed is read by the centre's cursor. A cursor that is no position of this log
/// belongs to another intake system: then the topic is kept.
async fn cursors(store: &Store) -> Result<BTreeMap<&'static str, Position>, JobError> {
    let cursor = tb_governance::feed_cursor(store).await?;
    let position = cursor.parse::<Position>().ok();
    Ok(position
        .map(|at| (topics::INTAKE_CHANGE, at))
        .into_iter()
        .collect())
}
