//! Pure rules of licences.

pub(crate) mod amend;
pub(crate) mod change;
pub(crate) mod code;
pub(crate) mod document;
pub(crate) mod issue;
pub mod mark;
pub(crate) mod number;
pub(crate) mod reuse;
pub(crate) mod standing;
pub(crate) mod statement;
