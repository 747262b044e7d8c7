//! `intake_assist_change`: a place of a draft as an assistant has filled it in, and what stood there before.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_assist_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    /// `/form/…`, `/situation_answers/{question}` or `/materials/{requirement}`.
    #[sea_orm(column_type = "Text")]
    pub path: String,
    /// What stood there before the first assistant's hand; none: nothing.
    pub before: Option<SealedBytes>,
    /// What he put there last; none: nothing.
    pub after: Option<SealedBytes>,
    pub by_name: String,
    pub at: DateTimeUtc,
    /// When the applicant looked at it.
    pub checked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
