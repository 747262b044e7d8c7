//! The centre's tables.

pub(crate) mod channel;
pub(crate) mod cursor;
pub(crate) mod department;
