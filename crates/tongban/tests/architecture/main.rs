//! The rules of the house that no compiler checks: who may depend on whom, how large a file may
//! grow, what a file may be called, which licences we link, what must never be committed.
//! Each failure says what to do; each rule is itself tested on a bad example.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod edges;
mod leaks;
mod licences;
mod names;
mod packages;
mod sizes;
mod tree;
