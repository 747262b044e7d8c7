//! Rules, without input or output.

pub(crate) mod code;
pub(crate) mod proof;
pub(crate) mod reply;
pub(crate) mod task;
pub(crate) mod terms;
pub(crate) mod words;
