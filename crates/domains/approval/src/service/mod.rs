//! Use-cases of approval: one function, one transaction.

pub(crate) mod act;
pub(crate) mod bar;
pub(crate) mod batch;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod command;
pub(crate) mod commitment;
pub(crate) mod create;
pub(crate) mod delivery;
pub(crate) mod divert;
pub(crate) mod escalate;
pub(crate) mod evidence;
mod facts;
pub(crate) mod file;
pub(crate) mod freeze;
pub(crate) mod label;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod order_licence;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod saved;
pub(crate) mod setting;
pub(crate) mod supervise;
pub(crate) mod sweep;
pub(crate) mod tally;
pub(crate) mod timer;
