//! Review before publishing: who has changed a working copy, what was submitted, what was decided.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date_null, pk_uuid, string, string_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text("editors").default("[]").take(),
            uuid_null("open_review"),
            date_null("coming_on"),
        ] {
            let table = Table::alter()
                .table("catalogue_item")
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        let review = vec![
            pk_uuid("id"),
            uuid("item_id"),
            string("code"),
            string("name"),
            string("department_code"),
            uuid("department_id"),
            string("region"),
            string("state"),
            big_integer("version"),
            text("document"),
            text("editors"),
            big_integer("base_version"),
            text("note"),
            date_null("effective_on"),
            uuid("submitter_id"),
            string("submitter"),
            timestamp_with_time_zone("submitted_at"),
            uuid_null("decider_id"),
            string_null("decider"),
            timestamp_with_time_zone_null("decided_at"),
            text("reason"),
            timestamp_with_time_zone_null("due_at"),
            big_integer_null("published_version"),
            text_null("faults"),
        ];
        let indexes: &[&[&str]] = &[
            &["item_id", "id"],
            &["state", "id"],
            &["state", "due_at"],
            &["department_id", "id"],
            &["region", "id"],
        ];
        create_table(manager, "catalogue_item_review", review, indexes).await
    }
}
