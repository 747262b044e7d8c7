//! Authorisations between citizens that are over, also for what is begun a moment later.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, pk_uuid};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mandate = vec![pk_uuid("id"), boolean("over")];
        create_table(manager, "intake_mandate", mandate, &[]).await
    }
}
