//! `apps_delivery`: one message to one endpoint.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub endpoint_id: Uuid,
    pub event_id: Uuid,
    /// Empty for a test message.
    pub case_number: String,
    pub version: i64,
    pub kind: String,
    /// The body: no personal data.
    pub body: String,
    /// `waiting`, `delivered`, `dead`.
    pub state: String,
    pub tries: i32,
    pub due_at: DateTimeUtc,
    /// Until when a process has it in hand.
    pub lease_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
