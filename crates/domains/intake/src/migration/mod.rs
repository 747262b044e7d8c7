//! Tables of intake.

mod m0001_intake;
mod m0002_vault;
mod m0003_deferred;
mod m0004_joint;
mod m0005_commitment;
mod m0006_delivery;
mod m0007_letters;
mod m0008_counter;
mod m0009_proxy;
mod m0010_fees;
mod m0011_mandate;
mod m0012_licences;
mod m0013_batch;
mod m0014_signing;
mod m0015_joint_merged;
mod m0016_results;
mod m0017_assist;
mod m0018_cross_region;
mod m0020_call;

use sea_orm_migration::MigrationTrait;
use tb_storage::migration::MigrationSet;

/// Intake's migrations.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    domain: "intake",
    list,
};

fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_intake::Migration),
        Box::new(m0002_vault::Migration),
        Box::new(m0003_deferred::Migration),
        Box::new(m0004_joint::Migration),
        Box::new(m0005_commitment::Migration),
        Box::new(m0006_delivery::Migration),
        Box::new(m0007_letters::Migration),
        Box::new(m0008_counter::Migration),
        Box::new(m0009_proxy::Migration),
        Box::new(m0010_fees::Migration),
        Box::new(m0011_mandate::Migration),
        Box::new(m0012_licences::Migration),
        Box::new(m0014_signing::Migration),
        Box::new(m0013_batch::Migration),
        Box::new(m0015_joint_merged::Migration),
        Box::new(m0016_results::Migration),
        Box::new(m0017_assist::Migration),
        Box::new(m0018_cross_region::Migration),
        Box::new(m0020_call::Migration),
    ]
}
