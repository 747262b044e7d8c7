//! Tests through HTTP on a real database: [`TestApp`] opens modules over a database of its own
//! (SQLite, or PostgreSQL where `TONGBAN_TEST_PG` names a server), with a clock that stands still
//! and clients that act as anybody.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test may panic"
)]

mod actors;
mod app;
mod client;
mod database;
mod randomness;
mod sessions;
mod texts;

pub use actors::{
    actor, administrator, at_kiosk, citizen, clerk, counter_clerk, department, head, operator,
};
pub use app::{Modules, TestApp};
pub use client::{Answer, Client};
pub use database::TestDatabase;
pub use randomness::SeededEntropy;
pub use texts::assert_texts;
