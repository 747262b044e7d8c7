//! How the fee of a case stands, and by when it is to be paid.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary_null, date_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [binary_null("fee"), date_null("fee_due")] {
            let column = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
