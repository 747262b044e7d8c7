//! Lag, parked and dead events of the groups that this process runs, as gauges.

use std::collections::BTreeSet;

use tb_storage::StorageError;

use super::node::Node;
use super::report::lag_rows;

/// Sets the gauges of the groups that this process runs.
#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge is a float; counts stay far below 2^52"
)]
pub(super) async fn set(node: &Node) -> Result<(), StorageError> {
    let groups: BTreeSet<&str> = node.seats.lock().values().copied().collect();
    let now = node.store.clock().now();
    for group in groups {
        for row in lag_rows(&node.store.read(), Some(group)).await? {
            let age = row
                .oldest_at
                .map_or(0, |oldest| (now - oldest).num_seconds().max(0));
            let values = [
                ("tongban_event_lag", row.behind as f64),
                ("tongban_event_lag_seconds", age as f64),
                ("tongban_event_parked", row.parked as f64),
                ("tongban_event_dead", row.dead as f64),
            ];
            for (name, value) in values {
                metrics::gauge!(name, "group" => group, "topic" => row.topic.clone()).set(value);
            }
        }
    }
    Ok(())
}
