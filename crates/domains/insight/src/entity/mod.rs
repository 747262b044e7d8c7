//! Insight's tables.

pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod comparison;
pub(crate) mod day;
pub(crate) mod delta;
pub(crate) mod department;
pub(crate) mod item;
pub(crate) mod penalty;
pub(crate) mod permit;
pub(crate) mod told;
