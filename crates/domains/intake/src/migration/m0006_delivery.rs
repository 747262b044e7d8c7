//! How the result is to reach the applicant, and how far it has come.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::binary_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in ["delivery", "delivery_told"] {
            let column = Table::alter()
                .table("intake_application")
                .add_column(binary_null(column))
                .take();
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
