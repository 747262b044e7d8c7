//! First tables: endpoints, deliveries with their tries.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, integer, integer_null, pk_uuid, string, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_apps"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let endpoint = vec![
            pk_uuid("id"),
            string("name"),
            string("url"),
            binary("secret"),
            binary_null("old_secret"),
            timestamp_with_time_zone_null("old_secret_until"),
            text("wants"),
            boolean("active"),
            timestamp_with_time_zone_null("failing_since"),
            timestamp_with_time_zone_null("disabled_at"),
            big_integer("version"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("updated_at"),
        ];
        create_table(manager, "apps_endpoint", endpoint, &[]).await?;
        let delivery = vec![
            pk_uuid("id"),
            uuid("endpoint_id"),
            uuid("event_id"),
            string("case_number"),
            big_integer("version"),
            string("kind"),
            text("body"),
            string("state"),
            integer("tries"),
            timestamp_with_time_zone("due_at"),
            timestamp_with_time_zone_null("lease_until"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("finished_at"),
        ];
        let indexes: &[&[&'static str]] = &[
            &["unique:endpoint_id", "event_id"],
            &["state", "due_at"],
            &["endpoint_id", "id"],
            &["endpoint_id", "case_number", "version"],
        ];
        create_table(manager, "apps_delivery", delivery, indexes).await?;
        let attempt = vec![
            pk_uuid("id"),
            uuid("delivery_id"),
            timestamp_with_time_zone("at"),
            integer_null("status"),
            string("trouble"),
            big_integer("millis"),
        ];
        create_table(manager, "apps_attempt", attempt, &[&["delivery_id", "id"]]).await
    }
}
