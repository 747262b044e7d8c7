//! Papers and results on their way between a counter and the offices that it works for: which counter
//! took a case in, hand-over lists with their entries, and results that lie at a counter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, boolean, integer, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0021_relay"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            uuid_null("counter_id"),
            integer("counter_papers").default(0).take(),
            string_null("result_at"),
        ] {
            let added = Table::alter()
                .table("approval_case")
                .add_column(column)
                .take();
            manager.alter_table(added).await?;
        }
        // What was handed over drops out of both: they are as long as what waits.
        let papers = Index::create()
            .name("approval_case_counter_papers")
            .table("approval_case")
            .col("counter_id")
            .col("id")
            .and_where(Expr::col("counter_papers").gt(0))
            .take();
        manager.create_index(papers).await?;
        let results = Index::create()
            .name("approval_case_result_waits")
            .table("approval_case")
            .col("department_id")
            .col("id")
            .and_where(Expr::col("result_at").eq("waits"))
            .take();
        manager.create_index(results).await?;
        lists(manager).await?;
        entries(manager).await
    }
}

async fn lists(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let list = vec![
        pk_uuid("id"),
        string("what"),
        string("number"),
        uuid("from_id"),
        string("from_office"),
        uuid("to_id"),
        string("to_office"),
        integer("cases"),
        string("state"),
        string("sender"),
        timestamp_with_time_zone("sent_at"),
        string_null("receiver"),
        timestamp_with_time_zone_null("received_at"),
        big_integer("version"),
    ];
    create_table(
        manager,
        "approval_relay_list",
        list,
        &[&["from_id", "state", "id"], &["to_id", "state", "id"]],
    )
    .await
}

async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let entry = vec![
        pk_uuid("id"),
        uuid("list_id"),
        integer("seq"),
        string("what"),
        uuid("to_id"),
        uuid("case_id"),
        string("case_number"),
        string("item_name"),
        text("papers"),
        boolean("live"),
        string("state"),
        string_null("place"),
        timestamp_with_time_zone_null("arrived_at"),
        timestamp_with_time_zone_null("left_at"),
        binary_null("reason"),
    ];
    let indexes: &[&[&str]] = &[&["unique:list_id", "unique:seq"], &["case_id", "id"]];
    create_table(manager, "approval_relay_entry", entry, indexes).await?;
    // The papers of a case, and its result, are on one list at most, whoever makes lists at the same time.
    let once = Index::create()
        .name("approval_relay_live")
        .table("approval_relay_entry")
        .col("case_id")
        .col("what")
        .unique()
        .and_where(Expr::col("live"))
        .take();
    manager.create_index(once).await?;
    let shelf = Index::create()
        .name("approval_relay_shelf")
        .table("approval_relay_entry")
        .col("to_id")
        .col("id")
        .and_where(Expr::col("state").eq("shelved"))
        .take();
    manager.create_index(shelf).await
}
