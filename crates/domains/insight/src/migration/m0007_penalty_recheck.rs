//! Until when the correction of a published penalty is checked.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::date_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_penalty_recheck"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recheck = Table::alter()
            .table("insight_penalty")
            .add_column(date_null("recheck_by"))
            .take();
        manager.alter_table(recheck).await
    }
}
