//! The first tables: departments, divisions, items with their versions and codes, themes,
//! calendars, and the revisions of what processes keep in memory.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, pk_uuid, string, string_null, string_uniq, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        places(manager).await?;
        items(manager).await?;
        lists(manager).await
    }
}

async fn places(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let department = vec![
        pk_uuid("id"),
        string_uniq("code"),
        string("name"),
        string("short_name"),
        string("kind"),
        string("region"),
        string("phone"),
        string("address"),
        boolean("enabled"),
        boolean("sample"),
        text("external_codes"),
        text("import_names"),
        big_integer("version"),
        timestamp_with_time_zone("updated_at"),
        string("updated_by"),
    ];
    create_table(
        manager,
        "catalogue_department",
        department,
        &[&["region", "code"], &["name"]],
    )
    .await?;
    let division = vec![
        string("code").primary_key().take(),
        string("name"),
        string("level"),
        string_null("parent"),
        string("kind"),
        string("path"),
        integer("sort"),
    ];
    create_table(
        manager,
        "catalogue_division",
        division,
        &[&["parent", "sort"]],
    )
    .await
}

async fn items(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let item = vec![
        pk_uuid("id"),
        string_uniq("code"),
        string_null("business_code"),
        string("name"),
        string("department_code"),
        uuid("department_id"),
        string("region"),
        string("status"),
        text("draft"),
        boolean("changed"),
        big_integer("published_version"),
        big_integer("version"),
        boolean("sample"),
        boolean("online"),
        boolean("imported"),
        integer_null("hot_rank"),
        big_integer("revision"),
        timestamp_with_time_zone("updated_at"),
        string("updated_by"),
    ];
    let indexes: &[&[&'static str]] = &[
        &["department_id", "id"],
        &["region", "id"],
        &["name"],
        &["revision"],
    ];
    create_table(manager, "catalogue_item", item, indexes).await?;
    let mut version_key = Index::create();
    version_key
        .name("catalogue_item_version_pk")
        .col("item_id")
        .col("version")
        .primary();
    let mut version = Table::create();
    version
        .table("catalogue_item_version")
        .primary_key(&mut version_key);
    let columns = [
        uuid("item_id"),
        big_integer("version"),
        text("document"),
        timestamp_with_time_zone("published_at"),
        string("published_by"),
        timestamp_with_time_zone_null("withdrawn_at"),
        string("withdrawn_reason"),
    ];
    for mut column in columns {
        version.col(&mut column);
    }
    manager.create_table(version).await?;
    let code = vec![
        string("code").primary_key().take(),
        uuid("item_id"),
        string("kind"),
    ];
    create_table(manager, "catalogue_item_code", code, &[&["item_id"]]).await
}

async fn lists(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut theme = Table::create();
    let mut theme_key = Index::create();
    theme_key
        .name("catalogue_theme_pk")
        .col("audience")
        .col("name")
        .primary();
    theme.table("catalogue_theme").primary_key(&mut theme_key);
    for mut column in [
        string("audience"),
        string("name"),
        string("icon"),
        integer("sort"),
    ] {
        theme.col(&mut column);
    }
    manager.create_table(theme).await?;
    let calendar = vec![
        big_integer("number").primary_key().take(),
        string_uniq("version"),
        text("document"),
        timestamp_with_time_zone("published_at"),
        string("published_by"),
    ];
    create_table(manager, "catalogue_calendar", calendar, &[]).await?;
    let revision = vec![string("list").primary_key().take(), big_integer("revision")];
    create_table(manager, "catalogue_revision", revision, &[]).await
}
