//! Tables of the hall.

mod m0001_hall;

use sea_orm_migration::MigrationTrait;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m0001_hall::Migration)]
}
