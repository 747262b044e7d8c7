//! Joint matters that are answered as one, and which item an entry in the course of a whole is about.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let merged = Table::alter()
            .table("intake_application")
            .add_column(string_null("joint_answer"))
            .take();
        manager.alter_table(merged).await?;
        let item = Table::alter()
            .table("intake_timeline")
            .add_column(string_null("item"))
            .take();
        manager.alter_table(item).await
    }
}
