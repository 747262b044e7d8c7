//! How licences ended that materials of cases are the sheets of.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_uuid, string, timestamp_with_time_zone};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0023_licences"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = vec![
            pk_uuid("licence_id"),
            string("state"),
            timestamp_with_time_zone("at"),
            big_integer("version"),
        ];
        create_table(manager, "approval_ended_licence", ended, &[]).await
    }
}
