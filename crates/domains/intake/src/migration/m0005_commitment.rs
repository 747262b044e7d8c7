//! Promises (告知承诺): as they were signed, who is barred from them, and the revocation of a decision
//! that rests on a false one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, boolean, date, date_null, pk_uuid, string, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            binary_null("revocation"),
            date_null("answer_until"),
            timestamp_with_time_zone_null("revoked_at"),
        ] {
            let added = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(added).await?;
        }
        let promise = vec![
            pk_uuid("id"),
            uuid("application_id"),
            boolean("whole"),
            text("materials"),
            uuid("signer_id"),
            binary("signer"),
            timestamp_with_time_zone("signed_at"),
            text("told"),
            text("promised"),
        ];
        create_table(
            manager,
            "intake_commitment",
            promise,
            &[&["unique:application_id"]],
        )
        .await?;
        let bar = vec![
            pk_uuid("id"),
            binary("holder_bidx"),
            string("office"),
            binary("reason"),
            date("until_on"),
            boolean("lifted"),
        ];
        create_table(
            manager,
            "intake_commitment_bar",
            bar,
            &[&["holder_bidx", "until_on"]],
        )
        .await
    }
}
