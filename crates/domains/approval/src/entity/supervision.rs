//! `approval_supervision`: one row an order of supervision, with its reply.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_supervision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub case_number: String,
    pub item_name: String,
    pub department_id: Uuid,
    pub region: String,
    pub office: String,
    pub level: String,
    pub cause: String,
    /// The moment at which the term was over that it is about; of an order by hand its own.
    pub since: DateTimeUtc,
    pub words: SealedBytes,
    pub issued_by: Uuid,
    pub issuer: String,
    pub issued_at: DateTimeUtc,
    pub reply_by: Date,
    /// First moment after the last day for the reply.
    pub reply_until: DateTimeUtc,
    pub state: String,
    pub reply: Option<SealedBytes>,
    pub replier: Option<String>,
    pub replied_at: Option<DateTimeUtc>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
