//! Since when a letter of the applicant waits for an answer, and a short way to these cases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::timestamp_with_time_zone_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_letters"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_case")
            .add_column(timestamp_with_time_zone_null("letter_since"))
            .take();
        manager.alter_table(column).await?;
        let waiting = Index::create()
            .name("approval_case_letter")
            .table("approval_case")
            .col("department_id")
            .col("due_until")
            .col("id")
            .and_where(Expr::col("letter_since").is_not_null())
            .take();
        manager.create_index(waiting).await
    }
}
