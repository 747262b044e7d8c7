//! The vault of materials: documents with editions, files and the applications they were used in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, date_null, integer, pk_uuid, string,
    timestamp_with_time_zone, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_vault"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("vault_document_id"), binary_null("vault_origin")] {
            let change = Table::alter()
                .table("intake_material")
                .add_column(column)
                .take();
            manager.alter_table(change).await?;
        }
        documents(manager).await?;
        parts(manager).await
    }
}

async fn documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let document = vec![
        pk_uuid("id"),
        binary("owner_bidx"),
        binary("kind_bidx"),
        binary("name"),
        integer("edition"),
        big_integer("version"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("updated_at"),
    ];
    let indexes: &[&[&str]] = &[
        &["unique:owner_bidx", "unique:kind_bidx"],
        &["owner_bidx", "id"],
    ];
    create_table(manager, "intake_vault_document", document, indexes).await?;
    let edition = vec![
        pk_uuid("id"),
        uuid("document_id"),
        integer("seq"),
        date_null("valid_until"),
        binary_null("origin"),
        timestamp_with_time_zone("given_at"),
    ];
    create_table(
        manager,
        "intake_vault_edition",
        edition,
        &[&["unique:document_id", "unique:seq"]],
    )
    .await
}

async fn parts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let file = vec![
        pk_uuid("id"),
        uuid("document_id"),
        integer("seq"),
        binary("file_name"),
        string("media_type"),
        big_integer("size"),
        string("blob"),
    ];
    create_table(
        manager,
        "intake_vault_file",
        file,
        &[&["document_id", "seq"], &["blob"]],
    )
    .await?;
    let uses = vec![
        pk_uuid("id"),
        uuid("document_id"),
        integer("seq"),
        uuid("application_id"),
        uuid("account_id"),
        string("item_name"),
        string("case_number"),
        timestamp_with_time_zone("used_at"),
    ];
    create_table(
        manager,
        "intake_vault_use",
        uses,
        &[&["unique:document_id", "unique:seq", "unique:application_id"]],
    )
    .await
}
