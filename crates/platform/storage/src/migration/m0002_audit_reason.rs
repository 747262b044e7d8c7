//! Why somebody read or took what is personal: a sealed column beside the audit row.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::binary_null;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_audit_reason"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("platform_audit")
            .add_column(binary_null("reason"))
            .take();
        manager.alter_table(column).await
    }
}
