//! Two roles over one database: `web` in front, another behind it on a socket of its own.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and starts tasks of its own"
)]

mod ask;
mod forward;
mod roles;
