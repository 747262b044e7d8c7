//! Storage, seen from outside, on SQLite and, where `TONGBAN_TEST_PG` names a server, PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod audit;
mod begins;
mod blob_conformance;
mod blobs;
mod fresh;
mod idempotency;
mod positions;
mod s3;
mod sealed;
mod sweep;
mod transactions;
mod trouble;
