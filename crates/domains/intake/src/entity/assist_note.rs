//! `intake_assist_note`: what happened with a request for help, in order.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_assist_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request_id: Uuid,
    pub kind: String,
    /// The assistant; empty for the applicant.
    pub by_name: String,
    pub words: Option<SealedBytes>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
