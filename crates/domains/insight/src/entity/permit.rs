//! `insight_permit`: a granted permit as it is published by name (双公示).

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_permit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_number: String,
    pub version: i64,
    pub organisation: bool,
    pub holder: SealedBytes,
    pub holder_bidx: Vec<u8>,
    pub holder_code: SealedBytes,
    pub holder_code_bidx: Vec<u8>,
    pub document_name: String,
    pub document_number: String,
    pub permit_kind: String,
    pub certificate: String,
    pub content: String,
    pub decided_on: Date,
    pub due_on: Date,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub validity: String,
    pub item_code: String,
    pub office: String,
    pub department_code: String,
    pub region: String,
    pub sample: bool,
    /// `published` or `withdrawn`.
    pub state: String,
    /// Why it was corrected or withdrawn.
    pub remark: String,
    pub published_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
