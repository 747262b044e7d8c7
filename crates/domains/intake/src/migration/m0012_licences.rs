//! The licence of ours that a material is the sheet of, where it was not uploaded.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [uuid_null("licence_id"), binary_null("licence")] {
            let column = Table::alter()
                .table("intake_material")
                .add_column(column)
                .take();
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
