//! Tables of the catalogue.

mod m0001_catalogue;
mod m0002_joint_items;
mod m0003_reviews;
mod m0004_synonyms;
mod m0005_base_items;
mod m0006_hot;
mod m0007_code_tables;
mod m0008_form_files;
mod m0009_derived_items;
mod m0010_derived_in_force;

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
        Box::new(m0005_base_items::Migration),
        Box::new(m0006_hot::Migration),
        Box::new(m0007_code_tables::Migration),
        Box::new(m0008_form_files::Migration),
        Box::new(m0009_derived_items::Migration),
        Box::new(m0010_derived_in_force::Migration),
    ]
}
