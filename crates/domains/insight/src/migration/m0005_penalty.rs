//! Administrative penalties as they are published (行政处罚公示).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, date, date_null, pk_uuid, string, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_penalty"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let penalty = vec![
            pk_uuid("id"),
            big_integer("version"),
            boolean("organisation"),
            binary("party"),
            binary("party_bidx"),
            binary("party_code"),
            binary("legal_person"),
            string("document_number"),
            string("offence"),
            text("facts"),
            text("basis"),
            string("kinds"),
            text("content"),
            big_integer_null("fine"),
            big_integer_null("confiscated"),
            string("licences"),
            date("decided_on"),
            date_null("valid_to"),
            date("shown_until"),
            date("due_on"),
            string("office"),
            string("department_code"),
            string("region"),
            string("state"),
            string("remark"),
            uuid("made_by"),
            string("made_by_name"),
            uuid_null("checked_by"),
            string("checked_by_name"),
            timestamp_with_time_zone_null("published_at"),
            timestamp_with_time_zone("updated_at"),
        ];
        create_table(
            manager,
            "insight_penalty",
            penalty,
            &[
                &["unique:department_code", "document_number"],
                &["state", "decided_on", "id"],
                &["region", "decided_on"],
            ],
        )
        .await
    }
}
