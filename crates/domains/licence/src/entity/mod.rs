//! The tables of the register.

pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod event;
pub(crate) mod kind;
pub(crate) mod kind_version;
pub(crate) mod licence;
pub(crate) mod serial;
