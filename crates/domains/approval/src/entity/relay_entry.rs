//! `approval_relay_entry`: one case on a hand-over list between a counter and an office; while a result
//! lies at the counter, its place on the shelf (出件架).

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_relay_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub list_id: Uuid,
    pub seq: i32,
    pub what: String,
    /// The department that receives.
    pub to_id: Uuid,
    pub case_id: Uuid,
    pub case_number: String,
    pub item_name: String,
    /// What is handed over: a JSON list of names.
    #[sea_orm(column_type = "Text")]
    pub papers: String,
    /// Under way or there: no other list can take it.
    pub live: bool,
    pub state: String,
    /// Where a result lies at the counter.
    pub place: Option<String>,
    pub arrived_at: Option<DateTimeUtc>,
    /// When the result left the shelf.
    pub left_at: Option<DateTimeUtc>,
    /// Why it went back.
    pub reason: Option<SealedBytes>,
}

impl ActiveModelBehavior for ActiveModel {}
