//! `approval_batch_row`: a case of a batch (or a line of its list that gives none), and what became of it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_batch_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    pub line: Option<i32>,
    pub number: String,
    pub case_id: Option<Uuid>,
    pub case_version: i64,
    pub item_name: String,
    pub state: String,
    pub code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub args: String,
}

impl ActiveModelBehavior for ActiveModel {}
