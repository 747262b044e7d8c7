//! Items from one installation to another.

pub(crate) mod export;
pub(crate) mod take;
