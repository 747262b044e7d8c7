//! Interaction's tables.

pub(crate) mod calendar;
pub(crate) mod department;
pub(crate) mod link;
pub(crate) mod occasion;
pub(crate) mod task;
pub(crate) mod task_event;
