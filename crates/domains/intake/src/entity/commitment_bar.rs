//! `intake_commitment_bar`: who may promise nothing, as approval said.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_commitment_bar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub holder_bidx: Vec<u8>,
    pub office: String,
    pub reason: SealedBytes,
    pub until_on: Date,
    pub lifted: bool,
}

impl ActiveModelBehavior for ActiveModel {}
