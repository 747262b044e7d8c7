//! Deputies.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, date, pk_uuid, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_delegation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delegation = vec![
            pk_uuid("id"),
            uuid("department_id"),
            uuid("absent_id"),
            string("absent_name"),
            uuid("deputy_id"),
            string("deputy_name"),
            date("from_day"),
            date("until_day"),
            binary("reason"),
            uuid("made_by_id"),
            string("made_by"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("ended_at"),
            string_null("ended_by"),
            big_integer("version"),
        ];
        let indexes: [&[&str]; 3] = [
            &["deputy_id", "until_day"],
            &["absent_id", "until_day"],
            &["department_id", "id"],
        ];
        create_table(manager, "identity_delegation", delegation, &indexes).await
    }
}
