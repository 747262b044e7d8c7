//! The platform's tables: outbox, inbox of consumers is the event log's, audit, idempotency, epoch.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, binary, binary_null, integer, pk_uuid, string, string_null,
    timestamp_with_time_zone, uuid, uuid_null,
};

use super::{create_table, xid_default};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        outbox(manager).await?;
        audit(manager).await?;
        create_table(
            manager,
            "platform_idempotency",
            vec![
                pk_uuid("id"),
                binary("fingerprint"),
                binary_null("answer"),
                timestamp_with_time_zone("created_at"),
            ],
            &[&["created_at"]],
        )
        .await?;
        let columns = vec![
            integer("id").primary_key().take(),
            big_integer("epoch"),
            string("mark"),
        ];
        create_table(manager, "platform_epoch", columns, &[]).await
    }
}

/// The column that holds a row's transaction id.
fn xid(manager: &SchemaManager) -> ColumnDef {
    big_integer("xid")
        .default(xid_default(manager.get_database_backend()))
        .take()
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_table(
        manager,
        "platform_outbox",
        vec![
            big_pk_auto("seq"),
            big_integer("epoch"),
            xid(manager),
            uuid("id"),
            string("topic"),
            integer("shard"),
            string("key"),
            string("kind"),
            timestamp_with_time_zone("time"),
            big_integer("version"),
            string("correlation_id"),
            uuid_null("causation_id"),
            string_null("department_code"),
            string_null("region_path"),
            binary("payload"),
        ],
        &[
            &["topic", "epoch", "xid", "seq"],
            &["epoch", "xid", "seq"],
            &["unique:id"],
            &["key"],
        ],
    )
    .await
}

async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_table(
        manager,
        "platform_audit",
        vec![
            big_pk_auto("seq"),
            big_integer("epoch"),
            xid(manager),
            uuid("id"),
            timestamp_with_time_zone("at"),
            uuid("actor_id"),
            string("acting_as"),
            string("action"),
            string("object_kind"),
            string("object_id"),
            string("result"),
            uuid("request_id"),
            binary("mac"),
        ],
        &[&["epoch", "xid", "seq"], &["object_id", "seq"]],
    )
    .await?;
    create_table(
        manager,
        "platform_audit_segment",
        vec![
            big_integer("number").primary_key().take(),
            integer("rows"),
            big_integer("last_epoch"),
            big_integer("last_xid"),
            big_integer("last_seq"),
            binary("head"),
            timestamp_with_time_zone("sealed_at"),
        ],
        &[],
    )
    .await
}
