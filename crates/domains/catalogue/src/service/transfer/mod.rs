//! Items from one installation to another.

pub(crate) mod export;
mod files;
pub(crate) mod take;
