//! Interaction on a real database: intake's ratings are played by the tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod appeal;
mod appraisal;
mod escalate;
mod hotline;
mod link;
mod public;
mod rectify;
mod sms;
mod sms_reply;
mod sms_trouble;
mod texts;
mod world;
