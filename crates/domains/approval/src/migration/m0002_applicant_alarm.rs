//! When the platform next has to look at an applicant's term: to remind him, or to end the case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::timestamp_with_time_zone_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_applicant_alarm"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_case")
            .add_column(timestamp_with_time_zone_null("applicant_alarm_at"))
            .take();
        manager.alter_table(column).await?;
        let index = Index::create()
            .name("approval_case_applicant_alarm")
            .table("approval_case")
            .col("applicant_alarm_at")
            .and_where(Expr::col("applicant_alarm_at").is_not_null())
            .take();
        manager.create_index(index).await
    }
}
