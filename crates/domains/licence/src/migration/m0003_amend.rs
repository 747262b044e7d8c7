//! By when a change is decided, and the calendar that says so.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, string, text, timestamp_with_time_zone};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["due_on", "yellow_from"] {
            let added = Table::alter()
                .table("licence_change")
                .add_column(date_null(column))
                .take();
            manager.alter_table(added).await?;
        }
        let calendar = vec![
            string("version").primary_key().take(),
            text("document"),
            timestamp_with_time_zone("taken_at"),
        ];
        create_table(manager, "licence_calendar", calendar, &[]).await
    }
}
