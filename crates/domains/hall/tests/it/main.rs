//! The hall against a real database, through its routes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod booking;
mod closing;
mod conduct;
mod desk;
mod privacy;
mod rush;
mod site;
mod texts;
mod world;
