//! The tables of the table driver, one entity a table.

pub mod inbox;
pub mod member;
pub mod offset;
pub mod parked;
