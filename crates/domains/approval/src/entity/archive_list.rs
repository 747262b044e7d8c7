//! `approval_archive_list`: a hand-over list (归档移交清单), with who handed over and who received.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub region: String,
    pub office: String,
    pub fonds: String,
    pub number: String,
    pub state: String,
    pub made_by: Uuid,
    pub maker: String,
    pub made_at: DateTimeUtc,
    pub handed_by: Option<Uuid>,
    pub hander: Option<String>,
    pub handed_at: Option<DateTimeUtc>,
    pub receiver: Option<String>,
    pub received_at: Option<DateTimeUtc>,
    /// Why a receipt was taken back, the last time.
    pub void_reason: Option<SealedBytes>,
    pub voider: Option<String>,
    pub voided_at: Option<DateTimeUtc>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
