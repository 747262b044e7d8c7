//! Use-cases: one function, one transaction.

pub(crate) mod act;
pub(crate) mod appraisal;
pub(crate) mod escalate;
pub(crate) mod follow;
pub(crate) mod hotline;
pub(crate) mod link;
mod offer;
pub(crate) mod open;
pub(crate) mod rates;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod sms;
pub(crate) mod taken;
pub(crate) mod words;
