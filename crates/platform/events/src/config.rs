//! Settings of the table driver.

use std::time::Duration;

/// Settings of the table driver; the defaults suit production.
#[derive(Clone, Debug)]
pub struct TableConfig {
    /// Events handled in one transaction.
    pub batch: u64,
    /// How often the end of the log is looked at for commits of other processes.
    pub poll: Duration,
    /// How often parked events that are due are looked for.
    pub poll_parked: Duration,
    /// A consumer that has not been heard of for so long loses its shards.
    pub lease: Duration,
    /// Attempts after which an event that fails transiently is dead.
    pub max_attempts: i32,
    /// Wait before the second attempt; doubled each time.
    pub backoff: Duration,
    /// The longest wait between attempts.
    pub max_backoff: Duration,
    /// How long an early event may wait before it is dead.
    pub early_patience: Duration,
    /// How often lag is counted for the metrics.
    pub gauges: Duration,
}

impl Default for TableConfig {
    fn default() -> Self {
        Self {
            batch: 64,
            poll: Duration::from_millis(100),
            poll_parked: Duration::from_millis(250),
            lease: Duration::from_secs(15),
            max_attempts: 12,
            backoff: Duration::from_millis(200),
            max_backoff: Duration::from_mins(5),
            early_patience: Duration::from_hours(24),
            gauges: Duration::from_secs(30),
        }
    }
}
