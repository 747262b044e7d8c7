//! Cases that came to an end wait as differences to be added to the tally, so that nobody fights for
//! a sum; and an index by which ended cases are counted without reading them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_uuid, string, uuid};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_tally_delta"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delta = vec![
            pk_uuid("id"),
            uuid("department_id"),
            string("region"),
            string("state"),
            big_integer("cases"),
        ];
        create_table(manager, "approval_tally_delta", delta, &[]).await?;
        let ended = Index::create()
            .name("approval_case_ended")
            .table("approval_case")
            .col("department_id")
            .col("region")
            .col("state")
            .and_where(Expr::col("running").not())
            .take();
        manager.create_index(ended).await
    }
}
