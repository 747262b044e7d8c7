//! The receipt of the batch that a case was handed in with (批量申办).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0024_batch_receipt"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_case")
            .add_column(string_null("batch_number"))
            .take();
        manager.alter_table(column).await?;
        // Few cases come in batches: what does not costs the index nothing.
        let index = Index::create()
            .name("approval_case_batch_number")
            .table("approval_case")
            .col("batch_number")
            .and_where(Expr::col("batch_number").is_not_null())
            .take();
        manager.create_index(index).await
    }
}
