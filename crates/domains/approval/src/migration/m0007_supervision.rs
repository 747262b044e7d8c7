//! Orders of supervision with their replies, and when an open case next wants looking at.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, date, integer, pk_uuid, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_supervision"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut open_orders = integer("open_orders");
        open_orders.default(0);
        for column in [timestamp_with_time_zone_null("escalation_at"), open_orders] {
            let table = Table::alter()
                .table("approval_case")
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        let index = Index::create()
            .name("approval_case_escalation")
            .table("approval_case")
            .col("escalation_at")
            .and_where(Expr::col("escalation_at").is_not_null())
            .take();
        manager.create_index(index).await?;
        let order = vec![
            pk_uuid("id"),
            uuid("case_id"),
            string("case_number"),
            string("item_name"),
            uuid("department_id"),
            string("region"),
            string("office"),
            string("level"),
            string("cause"),
            timestamp_with_time_zone("since"),
            binary("words"),
            uuid("issued_by"),
            string("issuer"),
            timestamp_with_time_zone("issued_at"),
            date("reply_by"),
            timestamp_with_time_zone("reply_until"),
            string("state"),
            binary_null("reply"),
            string_null("replier"),
            timestamp_with_time_zone_null("replied_at"),
            big_integer("version"),
        ];
        create_table(
            manager,
            "approval_supervision",
            order,
            &[
                &[
                    "unique:case_id",
                    "unique:level",
                    "unique:cause",
                    "unique:since",
                ],
                &["department_id", "state", "reply_until"],
                &["state", "reply_until", "id"],
            ],
        )
        .await
    }
}
