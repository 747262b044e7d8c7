//! Tables of the register.

mod m0001_licence;
mod m0002_change;
mod m0003_amend;

use sea_orm_migration::MigrationTrait;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_licence::Migration),
        Box::new(m0002_change::Migration),
        Box::new(m0003_amend::Migration),
    ]
}
