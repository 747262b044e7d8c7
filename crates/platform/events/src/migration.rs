//! The tables of the table driver.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, pk_uuid, string, timestamp_with_time_zone, uuid, uuid_null,
};
use tb_storage::migration::{MigrationSet, create_table};

/// Migrations of the event log.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    domain: "event",
    list,
};

fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Migration)]
}

struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_event"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let position = || [big_integer("epoch"), big_integer("xid"), big_integer("seq")];
        let mut offset = vec![
            string("group_name"),
            string("topic"),
            integer("shard"),
            uuid_null("owner"),
        ];
        offset.extend(position());
        create_table(
            manager,
            "event_offset",
            offset,
            &[&["unique:group_name", "topic", "shard"]],
        )
        .await?;
        let member = vec![
            pk_uuid("id"),
            uuid("process"),
            string("group_name"),
            timestamp_with_time_zone("lease_until"),
        ];
        create_table(manager, "event_member", member, &[&["process"]]).await?;
        let inbox = vec![
            string("group_name"),
            uuid("event_id"),
            string("outcome"),
            timestamp_with_time_zone("handled_at"),
        ];
        create_table(
            manager,
            "event_inbox",
            inbox,
            &[&["unique:group_name", "event_id"], &["handled_at"]],
        )
        .await?;
        let mut parked = vec![
            pk_uuid("id"),
            string("group_name"),
            string("topic"),
            integer("shard"),
            string("key"),
            uuid("event_id"),
            string("kind"),
            big_integer("version"),
            timestamp_with_time_zone("event_time"),
            string("state"),
            string("reason"),
            string("code"),
            string("error"),
            integer("attempts"),
            timestamp_with_time_zone("next_at"),
            timestamp_with_time_zone("parked_at"),
        ];
        parked.extend(position());
        let indexes: &[&[&str]] = &[
            &["unique:group_name", "event_id"],
            &["group_name", "key"],
            &["state", "next_at"],
            &["parked_at"],
        ];
        create_table(manager, "event_parked", parked, indexes).await
    }
}
