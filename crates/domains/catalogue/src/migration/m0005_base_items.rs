//! The base catalogue, and which base item an item implements.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date_null, pk_uuid, string, string_null, string_uniq, text, text_null,
    timestamp_with_time_zone, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let base = vec![
            pk_uuid("id"),
            string_uniq("code"),
            string("name"),
            string("item_type"),
            string("status"),
            text("draft"),
            text_null("published"),
            boolean("changed"),
            big_integer("published_version"),
            big_integer("version"),
            boolean("sample"),
            date_null("effective_from"),
            date_null("abolished_on"),
            text("abolished_reason"),
            timestamp_with_time_zone("updated_at"),
            string("updated_by"),
        ];
        let indexes: &[&[&str]] = &[&["status", "code"], &["item_type", "code"]];
        create_table(manager, "catalogue_base_item", base, indexes).await?;
        let mut version = Table::create();
        version.table("catalogue_base_item_version");
        for mut column in [
            uuid("base_item_id"),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("published_at"),
            string("published_by"),
        ] {
            version.col(&mut column);
        }
        version.primary_key(Index::create().col("base_item_id").col("version"));
        manager.create_table(version).await?;
        items(manager).await
    }
}

/// An implementation code ends with the code of its base item.
async fn items(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::alter()
        .table("catalogue_item")
        .add_column(string_null("base_code"))
        .take();
    manager.alter_table(table).await?;
    let part = Func::cust("substr")
        .arg(Expr::col("code"))
        .arg(Expr::val(20))
        .arg(Expr::val(12));
    let known = Query::update()
        .table("catalogue_item")
        .value("base_code", Func::upper(part))
        .and_where(Expr::expr(Func::char_length(Expr::col("code"))).eq(31))
        .and_where(Expr::col("code").not_like("%-%"))
        .take();
    manager.execute(known).await?;
    let index = Index::create()
        .name("catalogue_item_base_code")
        .table("catalogue_item")
        .col("base_code")
        .col("id")
        .take();
    manager.create_index(index).await
}
