//! The centre on a real database, between an intake API that a test plays and a department whose
//! words a test writes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod feedback;
mod fetching;
mod operating;
mod publishing;
mod scopes;
mod world;
