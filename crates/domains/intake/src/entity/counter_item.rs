//! `intake_counter_item`: what counters can take in, in its newest version, as they look for it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_counter_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub version: i64,
    pub name: String,
    pub department_code: String,
    pub department_name: String,
    pub region: String,
    /// Whether the comprehensive counter (综窗) takes it in.
    pub comprehensive: bool,
}

impl ActiveModelBehavior for ActiveModel {}
