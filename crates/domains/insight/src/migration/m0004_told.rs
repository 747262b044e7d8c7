//! What was last told to others of what is counted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, text, timestamp_with_time_zone};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_told"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("insight_told");
        for mut column in [
            string("what").primary_key().take(),
            text("said"),
            big_integer("version"),
            timestamp_with_time_zone("at"),
        ] {
            table.col(&mut column);
        }
        manager.create_table(table).await
    }
}
