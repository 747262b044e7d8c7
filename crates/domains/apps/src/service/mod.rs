//! The use-cases, each one transaction.

mod deliver;
mod endpoint;
mod record;
mod replay;
mod task;

pub(crate) use deliver::deliver;
pub(crate) use endpoint::{Shown, create, ping, rotate, save};
pub(crate) use record::record;
pub(crate) use replay::{replay_one, replay_span};
pub(crate) use task::task;
