//! Opinions that a department asks of others about a case, with what it shows them and their answers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, boolean, date, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0020_opinions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let opinion = vec![
            pk_uuid("id"),
            uuid("case_id"),
            string("case_number"),
            string("item_name"),
            string("office"),
            uuid("asked_id"),
            string("asked_region"),
            string("asked_office"),
            binary("question"),
            boolean("shows_form"),
            text("shows_materials"),
            string("asker"),
            timestamp_with_time_zone("asked_at"),
            date("answer_by"),
            timestamp_with_time_zone("answer_until"),
            string("state"),
            string_null("stance"),
            binary_null("answer"),
            string_null("answerer"),
            timestamp_with_time_zone_null("settled_at"),
        ];
        create_table(
            manager,
            "approval_opinion",
            opinion,
            &[
                &["case_id", "id"],
                &["asked_id", "state", "answer_until", "id"],
            ],
        )
        .await
    }
}
