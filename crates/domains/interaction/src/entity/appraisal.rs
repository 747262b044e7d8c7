//! `interaction_appraisal`: what somebody says of an office as a whole, once a day (综合点评).

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_appraisal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub department_code: String,
    pub region: String,
    pub on_day: Date,
    pub level: i32,
    pub comment: Option<SealedBytes>,
    /// `none`, `waiting`, `published`, `withheld`.
    pub words_state: String,
    pub published: Option<SealedBytes>,
    pub given_at: DateTimeUtc,
    pub reviewed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
