//! `licence_change`: what was asked for about a licence, what its holder said, what was decided.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub licence_id: Uuid,
    pub kind: String,
    pub state: String,
    pub by_holder: bool,
    pub asker_id: Uuid,
    pub asker_name: String,
    pub asked_at: DateTimeUtc,
    pub detail: SealedBytes,
    pub answer_until: Option<Date>,
    pub answer: Option<SealedBytes>,
    pub answered_at: Option<DateTimeUtc>,
    pub deem_after: Option<Date>,
    pub due_on: Option<Date>,
    pub yellow_from: Option<Date>,
    pub decider_id: Option<Uuid>,
    pub decider_name: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    pub decision: Option<SealedBytes>,
}

impl ActiveModelBehavior for ActiveModel {}
