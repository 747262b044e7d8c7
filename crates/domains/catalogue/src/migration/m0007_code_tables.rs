//! Tables of codes as divisions write them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("catalogue_code_table");
        for mut column in [
            string("table_key"),
            string("region"),
            text("entries"),
            big_integer("version"),
            timestamp_with_time_zone("updated_at"),
            string("updated_by"),
        ] {
            table.col(&mut column);
        }
        table.primary_key(Index::create().col("table_key").col("region"));
        manager.create_table(table).await
    }
}
