//! `identity_delegation`: who holds somebody's posts while he is away (代理). Names of staff lie in
//! clear; the reason is sealed, since an illness may be one.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_delegation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub absent_id: Uuid,
    pub absent_name: String,
    pub deputy_id: Uuid,
    pub deputy_name: String,
    /// First day.
    pub from_day: Date,
    /// Last day.
    pub until_day: Date,
    pub reason: SealedBytes,
    /// Who arranged it.
    pub made_by_id: Uuid,
    pub made_by: String,
    pub created_at: DateTimeUtc,
    /// When it was ended before its last day.
    pub ended_at: Option<DateTimeUtc>,
    pub ended_by: Option<String>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
