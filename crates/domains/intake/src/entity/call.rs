//! `intake_call`: somebody at a kiosk calls for a person of the hall (呼叫人工).

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_call")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kiosk_id: Uuid,
    pub kiosk_name: String,
    /// Where it stands.
    pub place: String,
    /// The office whose staff look after it.
    pub department_id: Uuid,
    pub region: String,
    pub called_at: DateTimeUtc,
    /// When somebody went, or the caller took it back.
    pub over_at: Option<DateTimeUtc>,
    /// Who went; none where it was taken back.
    pub taken_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
