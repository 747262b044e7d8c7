//! Whose counters take items in for offices of other divisions, and where that was done.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_uuid, string, text_null};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let place = vec![
            pk_uuid("id"),
            string("code"),
            big_integer("version"),
            string("division"),
        ];
        let by = [&["division", "code"][..], &["code"]];
        create_table(manager, "intake_counter_place", place, &by).await?;
        let elsewhere = Table::alter()
            .table("intake_counter_entry")
            .add_column(text_null("elsewhere"))
            .take();
        manager.alter_table(elsewhere).await
    }
}
