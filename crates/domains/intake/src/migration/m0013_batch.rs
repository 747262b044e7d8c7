//! Applications of an organisation for many persons at once (批量申办): batches, their rows, and which
//! applications came of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, integer, pk_uuid, string, string_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let batch = vec![
            pk_uuid("id"),
            string_null("number").unique_key().take(),
            uuid("account_id"),
            string("item_code"),
            big_integer("item_version"),
            string("item_name"),
            string("department_name"),
            string("region"),
            string("calendar_version"),
            text("situation_answers"),
            binary("applicant"),
            binary_null("actor"),
            binary_null("query_password"),
            string("state"),
            integer("rows"),
            big_integer("version"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("updated_at"),
            timestamp_with_time_zone_null("submitted_at"),
        ];
        create_table(manager, "intake_batch", batch, &[&["account_id", "id"]]).await?;
        let row = vec![
            pk_uuid("id"),
            uuid("batch_id"),
            integer("seq"),
            big_integer("line"),
            binary("answers"),
            binary("person"),
            text("faults"),
            string("state"),
            uuid_null("application_id"),
        ];
        // A row stands in its batch once, and it becomes one application.
        let indexes: &[&[&str]] = &[
            &["unique:batch_id", "unique:seq"],
            &["unique:application_id"],
        ];
        create_table(manager, "intake_batch_row", row, indexes).await?;
        for column in [uuid_null("batch_id"), text_null("batch")] {
            // One at a time: SQLite adds no two columns in one statement.
            let column = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(column).await?;
        }
        let of_batch = Index::create()
            .name("ix_intake_application_batch")
            .table("intake_application")
            .col("batch_id")
            .col("state")
            .and_where(Expr::col("batch_id").is_not_null())
            .take();
        manager.create_index(of_batch).await
    }
}
