//! Joint matters: an application of the whole, and one of each item under it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, text, text_null, timestamp_with_time_zone, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [uuid_null("joint_id"), text_null("joint_plan")] {
            let added = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(added).await?;
        }
        let index = Index::create()
            .name("intake_application_joint")
            .table("intake_application")
            .col("joint_id")
            .and_where(Expr::col("joint_id").is_not_null())
            .take();
        manager.create_index(index).await?;
        let item = vec![
            string("code"),
            big_integer("version"),
            text("document"),
            boolean("withdrawn"),
            timestamp_with_time_zone("published_at"),
        ];
        create_table(
            manager,
            "intake_joint_item",
            item,
            &[&["unique:code", "unique:version"]],
        )
        .await
    }
}
