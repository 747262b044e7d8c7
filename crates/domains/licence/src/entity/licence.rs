//! `licence_licence`: one row a licence in one version. What stands on it is sealed in `statement`,
//! exactly the bytes that `signature` is over.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_licence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub type_code: String,
    pub type_version: i64,
    pub type_name: String,
    pub number: String,
    pub mark: String,
    pub version: i32,
    pub state: String,
    pub holder_kind: String,
    pub holder_name: SealedBytes,
    pub holder_name_bidx: Vec<u8>,
    pub holder_id: SealedBytes,
    pub holder_id_bidx: Vec<u8>,
    pub account_id: Uuid,
    pub organ_name: String,
    pub organ_code: String,
    pub department_id: Uuid,
    pub region: String,
    pub issued_on: Date,
    pub valid_until: Option<Date>,
    pub case_number: String,
    pub sample: bool,
    pub statement: SealedBytes,
    pub signature: Vec<u8>,
    pub code: SealedBytes,
    pub code_bidx: Vec<u8>,
    pub replaces: Option<Uuid>,
    pub row_version: i64,
    pub changed_at: DateTimeUtc,
    pub changed_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
