//! Batches: one command for many cases, and what became of each.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, integer, integer_null, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_batch"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let batch = vec![
            pk_uuid("id"),
            uuid("department_id"),
            uuid("account_id"),
            binary("actor"),
            string("command"),
            binary("words"),
            string("source"),
            string_null("encoding"),
            string("state"),
            integer("total"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("starts_at"),
            timestamp_with_time_zone_null("started_at"),
            timestamp_with_time_zone_null("ended_at"),
        ];
        create_table(
            manager,
            "approval_batch",
            batch,
            &[&["account_id", "id"], &["state", "created_at"]],
        )
        .await?;
        let mut rows = Table::create();
        rows.table("approval_batch_row");
        for mut column in [
            uuid("batch_id"),
            integer("seq"),
            integer_null("line"),
            string("number"),
            uuid_null("case_id"),
            big_integer("case_version"),
            string("item_name"),
            string("state"),
            string_null("code"),
            text("args"),
        ] {
            rows.col(&mut column);
        }
        rows.primary_key(Index::create().col("batch_id").col("seq"));
        manager.create_table(rows).await?;
        let by_state = Index::create()
            .name("approval_batch_row_state")
            .table("approval_batch_row")
            .col("batch_id")
            .col("state")
            .col("seq")
            .take();
        manager.create_index(by_state).await
    }
}
