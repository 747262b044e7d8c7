//! `approval_paper`: papers as they were frozen, with the event of the case that made them; the PDF
//! lies in the blob store under `paper/<id>`.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub event_seq: i32,
    pub department_code: String,
    pub kind: String,
    pub number: String,
    pub title: String,
    pub template_version: i32,
    pub content: SealedBytes,
    pub frozen_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
