//! Who signs a draft besides the applicant, and the request that he has open for it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, boolean, date, date_null, integer, pk_uuid, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let until = Table::alter()
            .table("intake_application")
            .add_column(date_null("signing_until"))
            .take();
        manager.alter_table(until).await?;
        let signing = vec![
            pk_uuid("application_id"),
            string("state"),
            string("digest"),
            timestamp_with_time_zone("asked_at"),
            date("until_on"),
            date_null("remind_on"),
            date_null("urged_on"),
        ];
        create_table(
            manager,
            "intake_signing",
            signing,
            &[&["state", "until_on"]],
        )
        .await?;
        let co_applicant = vec![
            pk_uuid("id"),
            uuid("application_id"),
            integer("place"),
            boolean("organisation"),
            binary("number_bidx"),
            binary("person"),
            uuid_null("account_id"),
            string("state"),
            binary_null("signature"),
            string_null("digest"),
            timestamp_with_time_zone_null("signed_at"),
            binary_null("reason"),
        ];
        create_table(
            manager,
            "intake_co_applicant",
            co_applicant,
            &[
                &["unique:application_id", "unique:number_bidx"],
                &["number_bidx", "state"],
            ],
        )
        .await
    }
}
