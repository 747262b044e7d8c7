//! Interaction's tables.

mod m0001_interaction;
mod m0002_sms;
mod m0003_appraisal;
mod m0004_occasion_marks;

use sea_orm_migration::prelude::*;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_interaction::Migration),
        Box::new(m0002_sms::Migration),
        Box::new(m0003_appraisal::Migration),
        Box::new(m0004_occasion_marks::Migration),
    ]
}
