//! Messages of the payment platform are counted and forgotten by their verdict.

use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0022_payment_notices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name("approval_payment_notice_verdict")
            .table("approval_payment_notice")
            .col("verdict")
            .col("heard_at")
            .take();
        manager.create_index(index).await
    }
}
