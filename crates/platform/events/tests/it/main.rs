//! The conformance suite of the event log, written against its port, so that every driver runs it.
//! On SQLite, and where `TONGBAN_TEST_PG` names a server, on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod access;
mod commit_order;
mod dead_letters;
mod early;
#[path = "../../../storage/tests/it/fresh.rs"]
mod fresh;
mod kills;
mod leases;
mod order;
mod prune;
mod reading;
mod retries;
mod world;
