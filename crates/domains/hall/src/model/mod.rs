//! Pure rules of the hall.

pub(crate) mod appointment;
pub(crate) mod conduct;
pub(crate) mod number;
pub(crate) mod opening;
pub(crate) mod site;
