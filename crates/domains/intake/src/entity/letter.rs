//! `intake_letter`: what applicant and office wrote to each other about a case.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    /// The office that wrote; empty for the applicant's own.
    pub office: String,
    /// Words and files.
    pub letter: SealedBytes,
    pub sent_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
