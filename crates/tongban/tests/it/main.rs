//! The whole product in one process: every route against every role and relation, and the tables
//! against the entities.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod cli;
mod entities;
mod matrix;
mod matrix_rows;
mod paging;
mod product;
mod relation;
mod tables;
mod texts;
mod upkeep;
mod webhooks;
