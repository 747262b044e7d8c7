//! Items from one installation to another.

pub(crate) mod export;
mod files;
mod parents;
pub(crate) mod take;
