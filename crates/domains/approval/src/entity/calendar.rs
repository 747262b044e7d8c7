//! `approval_calendar`: read copy of the calendars by version.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_calendar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub taken_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl tb_storage::CalendarTable for Entity {
    const VERSION: Column = Column::Version;
    const DOCUMENT: Column = Column::Document;
    const AT: Column = Column::TakenAt;
}
