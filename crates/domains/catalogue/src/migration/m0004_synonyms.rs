//! Words that count as the same in searches.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_uuid, string, text, timestamp_with_time_zone};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let synonym = vec![
            pk_uuid("id"),
            text("words"),
            text("note"),
            big_integer("version"),
            timestamp_with_time_zone("updated_at"),
            string("updated_by"),
        ];
        create_table(manager, "catalogue_synonym", synonym, &[]).await
    }
}
