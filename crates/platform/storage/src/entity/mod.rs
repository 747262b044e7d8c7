//! The platform's own tables, one entity a table.
#![expect(
    missing_docs,
    reason = "a column's name is its documentation; each table's file says what it holds"
)]

pub mod audit;
pub mod audit_segment;
pub mod epoch;
pub mod idempotency;
pub mod outbox;
