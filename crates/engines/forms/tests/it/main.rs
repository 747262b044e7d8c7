//! The engine from outside: vectors, documents, changes, texts, and arbitrary input.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod change;
mod city;
mod document;
mod property;
mod reading;
mod schema;
mod texts;
mod vectors;

use tb_forms::FormDocument;

/// The example that the web build and the authors of forms read.
fn example() -> FormDocument {
    serde_json::from_str(include_str!("../example.form.json")).unwrap()
}
