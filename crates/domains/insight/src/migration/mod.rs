//! Insight's tables.

mod m0001_insight;
mod m0002_pauses_and_publicity;

use sea_orm_migration::prelude::*;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_insight::Migration),
        Box::new(m0002_pauses_and_publicity::Migration),
    ]
}
