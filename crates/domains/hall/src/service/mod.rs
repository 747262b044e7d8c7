//! Use-cases of the hall: a function that changes something is one transaction.

pub(crate) mod affected;
pub(crate) mod book;
pub(crate) mod desk;
pub(crate) mod errand;
pub(crate) mod own;
pub(crate) mod place;
pub(crate) mod record;
pub(crate) mod site;
pub(crate) mod slots;
pub(crate) mod timed;
pub(crate) mod visit;
