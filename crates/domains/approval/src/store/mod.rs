//! Every query of approval.

pub(crate) mod archive;
pub(crate) mod bar;
pub(crate) mod batch;
pub(crate) mod case;
pub(crate) mod check;
pub(crate) mod co_applicant;
pub(crate) mod copy;
pub(crate) mod ended_licence;
pub(crate) mod event;
pub(crate) mod fee;
pub(crate) mod handler;
pub(crate) mod joint;
pub(crate) mod label;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod opinion;
pub(crate) mod paper;
pub(crate) mod payload;
pub(crate) mod relay;
pub(crate) mod saved;
pub(crate) mod supervision;
pub(crate) mod sweep;
pub(crate) mod tally;
