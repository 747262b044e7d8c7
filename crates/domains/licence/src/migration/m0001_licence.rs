//! First tables: types with their versions, licences with their histories, serials.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, date, date_null, integer, pk_uuid, string, text,
    timestamp_with_time_zone, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = vec![
            string("code").primary_key().take(),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("saved_at"),
            string("saved_by"),
        ];
        create_table(manager, "licence_type", kind, &[]).await?;
        let version = vec![
            string("code"),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("saved_at"),
            string("saved_by"),
        ];
        create_table(
            manager,
            "licence_type_version",
            version,
            &[&["unique:code", "version"]],
        )
        .await?;
        create_table(
            manager,
            "licence_licence",
            licence_columns(),
            &[
                &["unique:case_number", "type_code", "version"],
                &["unique:mark"],
                &["unique:code_bidx"],
                &["number"],
                &["holder_name_bidx"],
                &["holder_id_bidx", "id"],
                &["department_id", "id"],
                &["region", "id"],
            ],
        )
        .await?;
        let event = vec![
            pk_uuid("id"),
            uuid("licence_id"),
            integer("seq"),
            string("kind"),
            timestamp_with_time_zone("at"),
            uuid("actor_id"),
            string("actor_name"),
            string("from_state"),
            string("to_state"),
            binary("detail"),
        ];
        create_table(
            manager,
            "licence_event",
            event,
            &[&["unique:licence_id", "seq"]],
        )
        .await?;
        let serial = vec![
            string("type_code"),
            string("organ_code"),
            integer("year"),
            big_integer("last"),
        ];
        create_table(
            manager,
            "licence_serial",
            serial,
            &[&["unique:type_code", "organ_code", "year"]],
        )
        .await
    }
}

fn licence_columns() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string("type_code"),
        big_integer("type_version"),
        string("type_name"),
        string("number"),
        string("mark"),
        integer("version"),
        string("state"),
        string("holder_kind"),
        binary("holder_name"),
        binary("holder_name_bidx"),
        binary("holder_id"),
        binary("holder_id_bidx"),
        uuid("account_id"),
        string("organ_name"),
        string("organ_code"),
        uuid("department_id"),
        string("region"),
        date("issued_on"),
        date_null("valid_until"),
        string("case_number"),
        boolean("sample"),
        binary("statement"),
        binary("signature"),
        binary("code"),
        binary("code_bidx"),
        uuid_null("replaces"),
        big_integer("row_version"),
        timestamp_with_time_zone("changed_at"),
        string("changed_by"),
    ]
}
