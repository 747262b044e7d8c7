//! Hand-over lists between divisions go by courier: who carries one, and under which number.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0028_relay_courier"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["company", "tracking_number"] {
            let added = Table::alter()
                .table("approval_relay_list")
                .add_column(string_null(column))
                .take();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
