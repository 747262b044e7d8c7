//! `interaction_sms_heard`: replies that came, by the operator's number, and what was made of them. Their
//! words are not kept.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_sms_heard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub operator_id: String,
    /// The message that it replies to, where there is one.
    pub sms_id: Option<Uuid>,
    pub verdict: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
