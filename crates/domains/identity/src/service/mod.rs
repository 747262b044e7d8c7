//! The use-cases of identity: one function each, one transaction each, but for signing in, whose
//! attempt is counted and committed before the password is looked at.

pub(crate) mod accounts;
pub(crate) mod attempts;
pub(crate) mod card;
pub(crate) mod change_account;
pub(crate) mod change_password;
pub(crate) mod delegation;
pub(crate) mod held;
pub(crate) mod kiosk;
pub(crate) mod lock;
pub(crate) mod profile;
pub(crate) mod proxy;
pub(crate) mod session;
pub(crate) mod sign_in;
