//! The tables of approval.

mod m0001_approval;
mod m0002_applicant_alarm;
mod m0003_batch;
mod m0004_papers_of_an_event;
mod m0005_joint;
mod m0006_commitment;
mod m0007_supervision;
mod m0008_notes_and_labels;
mod m0009_clock_sweep;
mod m0010_tally;
mod m0011_tally_delta;
mod m0012_saved_views;
mod m0013_letters;
mod m0014_deputies;
mod m0015_by_submission;
mod m0016_archive;
mod m0017_fees;
mod m0018_proxy;
mod m0020_opinions;
mod m0021_relay;
mod m0022_payment_notices;
mod m0023_licences;
mod m0024_batch_receipt;
mod m0025_co_applicants;
mod m0026_joint_parts;
mod m0028_relay_courier;
mod m0029_opening_view;

use sea_orm_migration::MigrationTrait;

/// Every migration, in order.
pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_approval::Migration),
        Box::new(m0002_applicant_alarm::Migration),
        Box::new(m0003_batch::Migration),
        Box::new(m0004_papers_of_an_event::Migration),
        Box::new(m0005_joint::Migration),
        Box::new(m0006_commitment::Migration),
        Box::new(m0007_supervision::Migration),
        Box::new(m0008_notes_and_labels::Migration),
        Box::new(m0009_clock_sweep::Migration),
        Box::new(m0010_tally::Migration),
        Box::new(m0011_tally_delta::Migration),
        Box::new(m0012_saved_views::Migration),
        Box::new(m0013_letters::Migration),
        Box::new(m0014_deputies::Migration),
        Box::new(m0015_by_submission::Migration),
        Box::new(m0016_archive::Migration),
        Box::new(m0017_fees::Migration),
        Box::new(m0018_proxy::Migration),
        Box::new(m0020_opinions::Migration),
        Box::new(m0021_relay::Migration),
        Box::new(m0022_payment_notices::Migration),
        Box::new(m0023_licences::Migration),
        Box::new(m0025_co_applicants::Migration),
        Box::new(m0024_batch_receipt::Migration),
        Box::new(m0026_joint_parts::Migration),
        Box::new(m0028_relay_courier::Migration),
        Box::new(m0029_opening_view::Migration),
    ]
}
