//! Results that an office attached to a case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, pk_uuid, string, timestamp_with_time_zone, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let result = vec![
            pk_uuid("id"),
            uuid("application_id"),
            big_integer("case_version"),
            string("office"),
            binary("result"),
            timestamp_with_time_zone("attached_at"),
        ];
        let indexes: [&[&str]; 1] = [&["application_id", "case_version"]];
        create_table(manager, "intake_result", result, &indexes).await
    }
}
