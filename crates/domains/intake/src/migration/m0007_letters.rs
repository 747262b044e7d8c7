//! What applicant and office write to each other.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, pk_uuid, string, timestamp_with_time_zone, uuid};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let letter = vec![
            pk_uuid("id"),
            uuid("application_id"),
            string("office"),
            binary("letter"),
            timestamp_with_time_zone("sent_at"),
        ];
        let indexes: [&[&str]; 1] = [&["application_id", "sent_at", "id"]];
        create_table(manager, "intake_letter", letter, &indexes).await
    }
}
