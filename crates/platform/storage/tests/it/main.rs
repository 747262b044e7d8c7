//! Storage, seen from outside, on SQLite and, where `TONGBAN_TEST_PG` names a server, PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod audit;
mod blobs;
mod fresh;
mod idempotency;
mod positions;
mod sealed;
mod transactions;
