//! `intake_assist_request`: somebody asks for an assistant's help with a draft, or with an item.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_assist_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who asks.
    pub account_id: Uuid,
    /// The draft that it is about; none as long as there is none.
    pub application_id: Option<Uuid>,
    pub item_code: String,
    pub item_name: String,
    pub department_name: String,
    /// The division whose assistants see it.
    pub region: String,
    /// `online`, `home` or `counter`.
    pub place: String,
    /// Who asks, why, and how he is reached.
    pub asked: SealedBytes,
    /// `open`, `taken` or `closed`.
    pub state: String,
    /// Last day for getting in touch first.
    pub contact_by: Date,
    /// When that was done; somebody was reached.
    pub contacted_at: Option<DateTimeUtc>,
    pub assistant_id: Option<Uuid>,
    pub assistant_name: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    pub closed_at: Option<DateTimeUtc>,
    pub version: i64,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
