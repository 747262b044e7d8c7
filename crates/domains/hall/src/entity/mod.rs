//! The tables of the hall.

pub(crate) mod appointment;
pub(crate) mod calendar;
pub(crate) mod department;
pub(crate) mod item;
pub(crate) mod site;
pub(crate) mod site_version;
