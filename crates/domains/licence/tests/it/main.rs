//! The register through HTTP on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod amending;
mod changing;
mod held;
mod issuing;
mod privacy;
mod telling;
mod types;
mod verifying;
mod world;

#[test]
fn every_code_has_its_texts() {
    let mut manifest = tb_licence::manifest();
    tb_testkit::assert_texts(&manifest);
    manifest.codes = tb_licence::field::CODES;
    tb_testkit::assert_texts(&manifest);
}
