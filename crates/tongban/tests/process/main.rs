//! The built binary as processes: the whole path in one process and in four, kill -9 under load,
//! and the search for personal data in everything it leaves behind. On PostgreSQL where
//! `TONGBAN_TEST_PG` names a server.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and talks to the server as a stranger would"
)]

mod backup;
mod browser;
mod canary;
mod city;
mod crash;
mod journey;
mod path;
mod shutdown;
