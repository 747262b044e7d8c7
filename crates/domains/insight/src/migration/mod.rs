//! Insight's tables.

mod m0001_insight;
mod m0002_pauses_and_publicity;
mod m0003_rule_beside_the_hand;
mod m0004_told;
mod m0005_penalty;
mod m0006_penalty_note;
mod m0007_penalty_recheck;

use sea_orm_migration::prelude::*;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_insight::Migration),
        Box::new(m0002_pauses_and_publicity::Migration),
        Box::new(m0003_rule_beside_the_hand::Migration),
        Box::new(m0004_told::Migration),
        Box::new(m0005_penalty::Migration),
        Box::new(m0006_penalty_note::Migration),
        Box::new(m0007_penalty_recheck::Migration),
    ]
}
