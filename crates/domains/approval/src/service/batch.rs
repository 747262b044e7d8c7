//! Batches. A draft tries every row on the rules; once started it waits for its window, in which it
//! can be revoked whole, since history is never edited and what was told cannot be untold; then a
//! queued job gives the command case by case, each in a transaction of its own.

mod choose;
mod control;
mod draft;
mod options;
mod read;
mod run;

pub(crate) use control::{start, stop, sweep_drafts};
pub(crate) use draft::draft;
pub(crate) use options::options;
pub(crate) use read::{list, result, rows, show};
pub(crate) use run::{RUN, run};
