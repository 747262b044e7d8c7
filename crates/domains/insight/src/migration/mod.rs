//! Insight's tables.

mod m0001_insight;

use sea_orm_migration::prelude::*;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m0001_insight::Migration)]
}
