//! The rules: what an endpoint wants, what a message says, how it is signed, when it is tried again.

mod endpoint;
mod message;
mod retry;
mod sign;

pub(crate) use endpoint::{Fields, KINDS, Wants, check};
pub(crate) use message::{PING, message, outward, ping};
pub(crate) use retry::{Outcome, after};
pub(crate) use sign::{new_secret, signed_by};
pub use sign::{signature, valid};
