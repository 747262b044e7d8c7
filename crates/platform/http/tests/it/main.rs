//! The edge over a real database: whom it believes, how long it waits, what it counts.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and starts tasks of its own"
)]

mod edges;
mod live;
mod metrics;
mod repeats;
mod senders;
mod waiting;
