//! The event log: consumers subscribe with a [`Handler`], the [`EventLog`] delivers to them in
//! order per key and with one effect per event, and parks what fails. Publishing is
//! `tb_storage::Tx::emit`. [`TableLog`] is the driver over the outbox table itself.

mod access;
mod config;
mod entity;
mod handler;
mod log;
mod migration;
mod table;

pub use config::TableConfig;
pub use handler::{HandleError, Handler, Subscription, payload};
pub use log::{
    DeadLetterFilter, EventLog, LagRow, ParkedEvent, ParkedState, ReplayReport, Selection,
};
pub use migration::MIGRATIONS;
pub use table::{Pruned, Pruning, TableLog, forget_members};
