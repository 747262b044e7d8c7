//! Short messages: what goes out, what was heard, who wishes what; the book of the simulated operator.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, boolean, integer, pk_uuid, string, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_sms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_table(
            manager,
            "interaction_sms",
            sms(),
            &[
                &["unique:cause_id", "account_id"],
                &["extension", "sent_at"],
            ],
        )
        .await?;
        let heard = vec![
            pk_uuid("id"),
            string("operator_id"),
            uuid_null("sms_id"),
            string("verdict"),
            timestamp_with_time_zone("at"),
        ];
        let unique: &[&[&str]] = &[&["unique:operator_id"]];
        create_table(manager, "interaction_sms_heard", heard, unique).await?;
        let wish = vec![
            pk_uuid("account_id"),
            boolean("progress"),
            boolean("result"),
            boolean("rating"),
            timestamp_with_time_zone("updated_at"),
        ];
        create_table(manager, "interaction_sms_wish", wish, &[]).await?;
        let simulated = vec![
            pk_uuid("id"),
            string("key"),
            boolean("incoming"),
            binary("phone"),
            binary("phone_bidx"),
            string("extension"),
            binary("words"),
            integer("segments"),
            boolean("blocks"),
            timestamp_with_time_zone("at"),
        ];
        let indexes: &[&[&str]] = &[&["unique:key"], &["phone_bidx", "at"]];
        create_table(manager, "interaction_simulated_sms", simulated, indexes).await
    }
}

fn sms() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("cause_id"),
        uuid("account_id"),
        string("kind"),
        string("case_number"),
        string("item_name"),
        string("extension"),
        binary_null("phone_bidx"),
        string("state"),
        string("reason"),
        integer("segments"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("sent_at"),
        timestamp_with_time_zone_null("ended_at"),
        timestamp_with_time_zone_null("replied_at"),
    ]
}
