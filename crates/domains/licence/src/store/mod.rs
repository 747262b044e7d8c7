//! Every query of the register.

pub(crate) mod calendar;
pub(crate) mod change;
pub(crate) mod event;
pub(crate) mod kind;
pub(crate) mod licence;
