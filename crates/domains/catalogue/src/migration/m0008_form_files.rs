//! Blank forms and samples of materials, and which versions name them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut files = Table::create();
        files.table("catalogue_form_file");
        for mut column in [
            string("sum"),
            string("name"),
            string("media_type"),
            big_integer("size"),
            string("blob"),
            timestamp_with_time_zone("kept_at"),
            string("kept_by"),
        ] {
            files.col(&mut column);
        }
        files.primary_key(Index::create().col("sum"));
        manager.create_table(files).await?;
        let mut uses = Table::create();
        uses.table("catalogue_form_use");
        for mut column in [uuid("item_id"), big_integer("version"), string("sum")] {
            uses.col(&mut column);
        }
        uses.primary_key(Index::create().col("item_id").col("version").col("sum"));
        manager.create_table(uses).await?;
        // By address the sweep of the file store asks; by sum, who names a file.
        for (name, table, column) in [
            ("catalogue_form_file_blob", "catalogue_form_file", "blob"),
            ("catalogue_form_use_sum", "catalogue_form_use", "sum"),
        ] {
            let index = Index::create().name(name).table(table).col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
