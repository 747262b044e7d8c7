//! Interaction on a real database: intake's ratings are played by the tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod appeal;
mod escalate;
mod link;
mod public;
mod rectify;
mod texts;
mod world;
