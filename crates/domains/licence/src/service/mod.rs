//! Use-cases of the register: a function that changes something is one transaction.

pub(crate) mod amend;
pub(crate) mod carry_out;
pub(crate) mod change;
pub(crate) mod issue;
pub(crate) mod mine;
pub(crate) mod record;
pub(crate) mod search;
pub(crate) mod types;
pub(crate) mod verify;
pub(crate) mod void;
