//! Joint matters with their versions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, pk_uuid, string, string_uniq, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let item = vec![
            pk_uuid("id"),
            string_uniq("code"),
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
            timestamp_with_time_zone("updated_at"),
            string("updated_by"),
        ];
        let indexes: &[&[&str]] = &[&["department_id", "id"], &["region", "id"]];
        create_table(manager, "catalogue_joint_item", item, indexes).await?;
        let mut key = Index::create();
        key.name("catalogue_joint_item_version_pk")
            .col("joint_item_id")
            .col("version")
            .primary();
        let mut version = Table::create();
        version
            .table("catalogue_joint_item_version")
            .primary_key(&mut key);
        for mut column in [
            uuid("joint_item_id"),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("published_at"),
            string("published_by"),
            timestamp_with_time_zone_null("withdrawn_at"),
            string("withdrawn_reason"),
        ] {
            version.col(&mut column);
        }
        manager.create_table(version).await
    }
}
