//! Whose deputy was who proposes to lift a bar: none of them answers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_deputies"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_commitment_bar")
            .add_column(text_null("lift_stood_for"))
            .take();
        manager.alter_table(column).await
    }
}
