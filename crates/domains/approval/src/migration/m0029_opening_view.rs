//! The view that a list opens with is named, not the first of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0029_opening_view"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_saved_view")
            .add_column(boolean("opens").default(false))
            .take();
        manager.alter_table(column).await
    }
}
