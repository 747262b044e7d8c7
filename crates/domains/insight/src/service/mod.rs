//! Use-cases of insight.

pub(crate) mod board;
pub(crate) mod compare;
pub(crate) mod correct;
pub(crate) mod datasets;
pub(crate) mod efficiency;
pub(crate) mod fold;
pub(crate) mod item;
pub(crate) mod penalty;
pub(crate) mod permit;
pub(crate) mod published;
pub(crate) mod register;
pub(crate) mod statistics;
pub(crate) mod take;
pub(crate) mod tell;
