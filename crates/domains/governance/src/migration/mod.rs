//! The centre's tables.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use tb_storage::migration::create_table;

pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(M0001Channel)]
}

struct M0001Channel;

impl MigrationName for M0001Channel {
    fn name(&self) -> &'static str {
        "m0001_channel"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0001Channel {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = |name: &'static str| string(name).primary_key().take();
        create_table(
            manager,
            "governance_channel",
            vec![
                key("number"),
                string("item_name"),
                string("department_code"),
                string("region"),
                big_integer("application_version"),
                big_integer("case_version"),
                string("case_state"),
                timestamp_with_time_zone("taken_at"),
                timestamp_with_time_zone_null("fed_back_at"),
            ],
            &[&["taken_at", "number"], &["region", "taken_at"]],
        )
        .await?;
        let cursor = vec![
            key("name"),
            string("cursor"),
            timestamp_with_time_zone("moved_at"),
        ];
        create_table(manager, "governance_cursor", cursor, &[]).await?;
        let department = vec![
            key("code"),
            string("name"),
            string("region"),
            boolean("enabled"),
        ];
        create_table(manager, "governance_department", department, &[]).await
    }
}
