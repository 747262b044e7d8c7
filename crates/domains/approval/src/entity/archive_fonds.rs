//! `approval_archive_fonds`: how a department names what it archives.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_fonds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_id: Uuid,
    /// 全宗号
    pub fonds: String,
    /// 档案门类代码
    pub category: String,
    /// Pattern of archive numbers (档号).
    pub pattern: String,
    pub changed_by: String,
    pub changed_at: DateTimeUtc,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
