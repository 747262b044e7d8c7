//! The agents of an enterprise are found by its credit code: what is said to it is said to them.

use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_agents"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name("identity_account_enterprise")
            .table("identity_account")
            .col("enterprise_credit_code")
            .and_where(Expr::col("enterprise_credit_code").is_not_null())
            .take();
        manager.create_index(index).await
    }
}
