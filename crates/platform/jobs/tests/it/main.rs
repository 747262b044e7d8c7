//! Background work, on SQLite and, where `TONGBAN_TEST_PG` names a server, PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[path = "../../../storage/tests/it/fresh.rs"]
#[expect(
    dead_code,
    reason = "shared with other crates, whose tests use other parts"
)]
mod fresh;
mod periodic;
mod queue;
mod supervisor;

use std::time::Duration;

/// Polls for up to twenty seconds.
async fn eventually(what: &str, done: impl AsyncFn() -> bool) {
    for _ in 0..1000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("waited in vain for {what}");
}
