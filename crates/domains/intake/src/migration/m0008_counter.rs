//! Applications that a counter takes in (窗口收件), and what a counter may take in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, pk_uuid, string, string_null, text,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = vec![
            pk_uuid("application_id"),
            uuid("department_id"),
            string("office"),
            uuid("begun_by"),
            string("begun_by_name"),
            uuid_null("handed_by"),
            string_null("handed_by_name"),
            timestamp_with_time_zone_null("handed_at"),
            text("papers"),
            binary("present"),
            binary("owner_bidx"),
            boolean("claimed"),
        ];
        create_table(
            manager,
            "intake_counter_entry",
            entry,
            &[&["department_id", "application_id"], &["owner_bidx"]],
        )
        .await?;
        // What is under way is looked at all day; what was handed in grows with the years.
        let open = Index::create()
            .name("intake_counter_entry_open")
            .table("intake_counter_entry")
            .col("department_id")
            .col("application_id")
            .and_where(Expr::col("handed_at").is_null())
            .take();
        manager.create_index(open).await?;
        let item = vec![
            string("code").primary_key().take(),
            big_integer("version"),
            string("name"),
            string("department_code"),
            string("department_name"),
            string("region"),
            boolean("comprehensive"),
        ];
        create_table(
            manager,
            "intake_counter_item",
            item,
            &[&["department_code", "code"], &["region", "code"]],
        )
        .await?;
        let fill = known_items(manager.get_database_backend());
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }
}

/// Fills the second table from the copies that are there: the newest version of what can be applied
/// for with a form and is not withdrawn.
fn known_items(backend: DbBackend) -> String {
    let at = |path: &str| match backend {
        DbBackend::Postgres => format!("document::json #>> '{{{}}}'", path.replace('.', ",")),
        _ => format!("json_extract(document, '$.{path}')"),
    };
    format!(
        "INSERT INTO intake_counter_item \
         (code, version, name, department_code, department_name, region, comprehensive) \
         SELECT code, version, {name}, {department_code}, {department_name}, {region}, \
         coalesce({front_desk}, 'department') = 'comprehensive' \
         FROM intake_item AS one WHERE NOT withdrawn \
         AND version = (SELECT max(version) FROM intake_item AS any_of WHERE any_of.code = one.code) \
         AND {form} IS NOT NULL AND {item_type} NOT IN ('02', '03', '04', '06')",
        name = at("name"),
        department_code = at("department_code"),
        department_name = at("department_name"),
        region = at("region"),
        front_desk = at("handling.front_desk"),
        form = at("form"),
        item_type = at("item_type"),
    )
}
