//! Walks over all clocks: how far each has come, and an index that finds the cases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, pk_uuid, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_clock_sweep"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sweep = vec![
            pk_uuid("id"),
            string("calendar_version"),
            timestamp_with_time_zone("started_at"),
            timestamp_with_time_zone_null("ended_at"),
            uuid_null("position"),
            big_integer("looked_at"),
            big_integer("moved"),
        ];
        create_table(manager, "approval_clock_sweep", sweep, &[]).await?;
        let ticking = Expr::col("running").or(Expr::col("check_until").is_not_null());
        let index = Index::create()
            .name("approval_case_ticking")
            .table("approval_case")
            .col("id")
            .and_where(ticking)
            .take();
        manager.create_index(index).await
    }
}
