//! Every query of the domain.

pub(crate) mod delivery;
pub(crate) mod endpoint;
