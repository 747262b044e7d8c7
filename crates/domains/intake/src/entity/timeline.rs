//! `intake_timeline`: what happened to an application, in the order intake learnt of it.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_timeline")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub seq: i32,
    pub kind: String,
    pub at: DateTimeUtc,
    pub office: String,
    pub step: Option<String>,
    /// Of a whole: the item that it is about.
    pub item: Option<String>,
    pub words: Option<SealedBytes>,
    /// Version of the case that it tells of; none for the applicant's own acts.
    pub case_version: Option<i64>,
    /// Done by whoever acts for the applicant.
    pub by_proxy: bool,
}

impl ActiveModelBehavior for ActiveModel {}
