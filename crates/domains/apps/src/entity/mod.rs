//! The domain's tables.

pub(crate) mod attempt;
pub(crate) mod delivery;
pub(crate) mod endpoint;
