//! Help by assistants: requests with their history, consents, what was filled in, and on the draft who may
//! reach it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, date, date_null, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [
            uuid_null("assistant_id"),
            date_null("assist_until"),
            string_null("assist_may"),
        ] {
            let column = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(column).await?;
        }
        requests(manager).await?;
        let note = vec![
            pk_uuid("id"),
            uuid("request_id"),
            string("kind"),
            string("by_name"),
            binary_null("words"),
            timestamp_with_time_zone("at"),
        ];
        create_table(manager, "intake_assist_note", note, &[&["request_id"]]).await?;
        let consent = vec![
            pk_uuid("id"),
            uuid("request_id"),
            uuid("application_id"),
            uuid("account_id"),
            uuid("assistant_id"),
            string("assistant_name"),
            string("may"),
            date("until_on"),
            timestamp_with_time_zone("given_at"),
            binary_null("paper"),
            timestamp_with_time_zone_null("ended_at"),
            string_null("ended_by"),
        ];
        let by = [&["request_id"][..], &["application_id"]];
        create_table(manager, "intake_assist_consent", consent, &by).await?;
        let change = vec![
            pk_uuid("id"),
            uuid("application_id"),
            text("path"),
            binary_null("before"),
            binary_null("after"),
            string("by_name"),
            timestamp_with_time_zone("at"),
            timestamp_with_time_zone_null("checked_at"),
        ];
        let place = [&["unique:application_id", "unique:path"][..]];
        create_table(manager, "intake_assist_change", change, &place).await
    }
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let request = vec![
        pk_uuid("id"),
        uuid("account_id"),
        uuid_null("application_id"),
        string("item_code"),
        string("item_name"),
        string("department_name"),
        string("region"),
        string("place"),
        binary("asked"),
        string("state"),
        date("contact_by"),
        timestamp_with_time_zone_null("contacted_at"),
        uuid_null("assistant_id"),
        string_null("assistant_name"),
        string_null("outcome"),
        timestamp_with_time_zone_null("closed_at"),
        big_integer("version"),
        timestamp_with_time_zone("created_at"),
    ];
    let by = [
        &["account_id"][..],
        &["application_id"],
        &["state", "region"],
    ];
    create_table(manager, "intake_assist_request", request, &by).await
}
