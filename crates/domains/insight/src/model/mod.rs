//! Pure rules.

pub(crate) mod dataset;
pub(crate) mod mask;
pub(crate) mod penalty;
pub(crate) mod permit;
pub(crate) mod publicity;
pub(crate) mod spread;
pub(crate) mod tally;
pub(crate) mod validity;
