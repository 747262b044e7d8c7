//! Where somebody acts for the applicant by a paper: which relation that proves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0018_proxy"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("approval_case")
            .add_column(string_null("proxy_proof"))
            .take();
        manager.alter_table(column).await
    }
}
