//! Use-cases of intake: one function, one transaction.

pub(crate) mod assist;
pub(crate) mod batch;
pub(crate) mod call;
pub(crate) mod commit;
mod content;
pub(crate) mod correct;
pub(crate) mod counter;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod delivery;
pub(crate) mod edit;
pub(crate) mod fee;
pub(crate) mod inbox;
pub(crate) mod joint;
pub(crate) mod judge;
pub(crate) mod letter;
pub(crate) mod licence;
pub(crate) mod progress;
pub(crate) mod promise;
pub(crate) mod proxy;
pub(crate) mod rate;
pub(crate) mod read;
pub(crate) mod result;
pub(crate) mod signing;
pub(crate) mod submit;
pub(crate) mod supply;
pub(crate) mod tell;
pub(crate) mod upload;
pub(crate) mod vault;
pub(crate) mod withdraw;
mod write;

pub(crate) use rate::{Given, give, invite};
pub(crate) use write::{Entry, is_proxy, notify, record, tell_outside};
