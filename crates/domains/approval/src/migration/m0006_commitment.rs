//! Promises (告知承诺): how far the check of a case has come, and who is barred from promises.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, date, pk_uuid, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_commitment"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            timestamp_with_time_zone_null("revoked_at"),
            string_null("commitment"),
            string_null("check_stage"),
            timestamp_with_time_zone_null("check_until"),
        ] {
            let table = Table::alter()
                .table("approval_case")
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        let index = Index::create()
            .name("approval_case_check")
            .table("approval_case")
            .col("check_until")
            .col("id")
            .and_where(Expr::col("check_until").is_not_null())
            .take();
        manager.create_index(index).await?;
        let bar = vec![
            pk_uuid("id"),
            binary("holder_bidx"),
            boolean("organisation"),
            binary("holder_name"),
            binary("holder_id_number"),
            uuid("case_id"),
            string("case_number"),
            string("item_name"),
            uuid("department_id"),
            string("department_code"),
            string("region"),
            string("office"),
            binary("reason"),
            date("until_on"),
            string("made_by"),
            timestamp_with_time_zone("made_at"),
            uuid_null("lift_proposer_id"),
            string_null("lift_proposer"),
            binary_null("lift_reason"),
            timestamp_with_time_zone_null("lifted_at"),
            string_null("lifted_by"),
            big_integer("version"),
        ];
        create_table(
            manager,
            "approval_commitment_bar",
            bar,
            &[&["holder_bidx", "until_on"], &["department_id", "id"]],
        )
        .await
    }
}
