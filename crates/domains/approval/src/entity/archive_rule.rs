//! `approval_archive_rule`: how long a department keeps cases of an item, or of a type of items.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    /// `type:01`, or `item:<code>`.
    pub subject: String,
    pub retention: String,
    /// What the rule rests on, in the department's words.
    pub basis: String,
    pub changed_by: String,
    pub changed_at: DateTimeUtc,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
