//! The tables of background work, one entity a table.

pub mod lease;
pub mod queue;
