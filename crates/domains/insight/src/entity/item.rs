//! `insight_item`: read copy of the items, and whether their cases are withheld from the public.

#![expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub version: i64,
    pub name: String,
    /// National code of the type.
    pub item_type: String,
    pub department_code: String,
    pub department_name: String,
    pub region: String,
    pub legal_term: String,
    pub promised_term: String,
    pub online_depth: i32,
    pub sample: bool,
    /// Withdrawn by the catalogue.
    pub withdrawn: bool,
    pub withheld: bool,
    /// What the rule says, whatever a person has said.
    pub withheld_by_rule: bool,
    /// Set by a person, so that a new version of the item leaves it.
    pub decided_by_hand: bool,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
