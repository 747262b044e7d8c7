//! `interaction_occasion`: a service that may be rated, once, with its rating.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_occasion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_number: String,
    pub application_id: Uuid,
    pub account_id: Uuid,
    pub item_code: String,
    pub item_name: String,
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    pub invited_at: DateTimeUtc,
    pub rated_at: Option<DateTimeUtc>,
    pub channel: Option<String>,
    pub level: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub tags: String,
    pub comment: Option<SealedBytes>,
    /// Taken out of the count by an appeal.
    pub excluded: bool,
    /// `none`, `waiting`, `published`, `withheld`.
    pub words_state: String,
    pub published: Option<SealedBytes>,
    pub reviewed_at: Option<DateTimeUtc>,
    /// Part of a joint matter, which is rated as a whole on its own page.
    pub joint: bool,
    /// Of a demo's invented past.
    pub sample: bool,
}

impl ActiveModelBehavior for ActiveModel {}
