//! The tables of identity, one entity a table.

pub(crate) mod account;
pub(crate) mod attempt;
pub(crate) mod credential;
pub(crate) mod delegation;
pub(crate) mod kiosk;
pub(crate) mod proxy;
pub(crate) mod session;
