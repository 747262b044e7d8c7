//! Insight on a real database: the centre's and intake's events are played by the tests.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod board;
mod datasets;
mod figures;
mod penalties;
mod permits;
mod publicity;
mod told;
mod world;

#[test]
fn every_code_has_its_texts() {
    tb_testkit::assert_texts(&tb_insight::manifest());
}
