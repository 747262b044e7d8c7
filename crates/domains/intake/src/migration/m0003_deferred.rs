//! Materials that follow later: as promised, then as owed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("intake_application")
            .add_column(text_null("deferred"))
            .take();
        manager.alter_table(column).await
    }
}
