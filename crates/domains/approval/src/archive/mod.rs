//! The archive package (归档信息包) of a case: a ZIP that says by itself what it holds. Its manifest
//! describes the case and lists every file with its size and SHA-256; `files.sha256` is the same list
//! in the form of `sha256sum`, `manifest.sha256` covers both. The same content gives the same bytes.
//!
//! The names of elements and folders are ours: DA/T 85-2019 and GB/T 42727-2023 were not at hand.

mod manifest;
mod pack;
#[cfg(test)]
mod tests;
mod verify;

pub use manifest::{FileEntry, Manifest};
pub use pack::{FileHead, Packed, Packer};
pub use verify::{Flaw, Report, verify};

/// What a manifest says it is; a change of names or meaning changes the number.
pub const SCHEMA: &str = "tongban-archive-1";
/// What a package holds, and what it is about.
pub const MANIFEST: &str = "manifest.xml";
/// Sums of the files, as `sha256sum -c` reads them.
pub const FILES: &str = "files.sha256";
/// Sums of the two above.
pub const SEAL: &str = "manifest.sha256";
