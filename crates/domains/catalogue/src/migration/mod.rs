//! Tables of the catalogue.

mod m0001_catalogue;
mod m0002_joint_items;
mod m0003_reviews;
mod m0004_synonyms;

use sea_orm_migration::MigrationTrait;
use tb_storage::migration::MigrationSet;

/// The catalogue's migrations.
pub(crate) const MIGRATIONS: MigrationSet = MigrationSet {
    domain: "catalogue",
    list,
};

fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_catalogue::Migration),
        Box::new(m0002_joint_items::Migration),
        Box::new(m0003_reviews::Migration),
        Box::new(m0004_synonyms::Migration),
    ]
}
