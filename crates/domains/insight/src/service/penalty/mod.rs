//! Administrative penalties: entered or imported, checked, shown, ended.

pub(crate) mod act;
pub(crate) mod import;
pub(crate) mod read;
pub(crate) mod write;
