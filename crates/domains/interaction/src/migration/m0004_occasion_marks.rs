//! Which services were never asked about alone, and which are sample data.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_occasion_marks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["joint", "sample"] {
            let table = Table::alter()
                .table("interaction_occasion")
                .add_column(boolean(name).default(false))
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
