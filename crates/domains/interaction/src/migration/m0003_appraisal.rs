//! What people say of an office as a whole, without a case (综合点评).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary_null, date, integer, pk_uuid, string, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_appraisal"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let appraisal = vec![
            pk_uuid("id"),
            uuid("account_id"),
            string("department_code"),
            string("region"),
            date("on_day"),
            integer("level"),
            binary_null("comment"),
            string("words_state"),
            binary_null("published"),
            timestamp_with_time_zone("given_at"),
            timestamp_with_time_zone_null("reviewed_at"),
        ];
        create_table(
            manager,
            "interaction_appraisal",
            appraisal,
            &[
                &["unique:account_id", "department_code", "on_day"],
                &["words_state", "id"],
                &["on_day", "department_code"],
            ],
        )
        .await
    }
}
