//! What is asked for about licences after they were issued.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, boolean, date_null, pk_uuid, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = vec![
            pk_uuid("id"),
            uuid("licence_id"),
            string("kind"),
            string("state"),
            boolean("by_holder"),
            uuid("asker_id"),
            string("asker_name"),
            timestamp_with_time_zone("asked_at"),
            binary("detail"),
            date_null("answer_until"),
            binary_null("answer"),
            timestamp_with_time_zone_null("answered_at"),
            date_null("deem_after"),
            uuid_null("decider_id"),
            string_null("decider_name"),
            timestamp_with_time_zone_null("decided_at"),
            binary_null("decision"),
        ];
        create_table(
            manager,
            "licence_change",
            change,
            &[&["licence_id", "id"], &["state", "deem_after"]],
        )
        .await
    }
}
