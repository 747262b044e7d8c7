//! Archiving: when a case ended, rules of retention, fonds, hand-over lists with their packages, and
//! the place of each case in its fonds.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, boolean, integer, pk_uuid, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0016_archive"
    }
}

/// Cases of before: their closure, or for another end the last change that is known.
const ENDED: &str = "UPDATE approval_case SET ended_at = coalesce(closed_at, changed_at) \
    WHERE NOT running AND state NOT IN ('draft', 'decided')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = Table::alter()
            .table("approval_case")
            .add_column(timestamp_with_time_zone_null("ended_at"))
            .take();
        manager.alter_table(ended).await?;
        manager.get_connection().execute_unprepared(ENDED).await?;
        let by_end = Index::create()
            .name("approval_case_archiving")
            .table("approval_case")
            .col("department_id")
            .col("ended_at")
            .col("id")
            .and_where(Expr::col("ended_at").is_not_null())
            .take();
        manager.create_index(by_end).await?;
        settings(manager).await?;
        lists(manager).await?;
        entries(manager).await
    }
}

async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let fonds = vec![
        pk_uuid("department_id"),
        string("fonds"),
        string("category"),
        string("pattern"),
        string("changed_by"),
        timestamp_with_time_zone("changed_at"),
        big_integer("version"),
    ];
    create_table(manager, "approval_archive_fonds", fonds, &[]).await?;
    let rule = vec![
        pk_uuid("id"),
        uuid("department_id"),
        string("subject"),
        string("retention"),
        string("basis"),
        string("changed_by"),
        timestamp_with_time_zone("changed_at"),
        big_integer("version"),
    ];
    let one_each: &[&[&str]] = &[&["unique:department_id", "unique:subject"]];
    create_table(manager, "approval_archive_rule", rule, one_each).await?;
    let serial = Table::create()
        .table("approval_archive_serial")
        .col(string("fonds"))
        .col(integer("year"))
        .col(big_integer("last"))
        .primary_key(Index::create().col("fonds").col("year"))
        .take();
    manager.create_table(serial).await?;
    let place = vec![
        pk_uuid("case_id"),
        string("fonds"),
        integer("year"),
        big_integer("serial"),
    ];
    let one_each: &[&[&str]] = &[&["unique:fonds", "unique:year", "unique:serial"]];
    create_table(manager, "approval_archive_place", place, one_each).await
}

async fn lists(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let list = vec![
        pk_uuid("id"),
        uuid("department_id"),
        string("region"),
        string("office"),
        string("fonds"),
        string("number"),
        string("state"),
        uuid("made_by"),
        string("maker"),
        timestamp_with_time_zone("made_at"),
        uuid_null("handed_by"),
        string_null("hander"),
        timestamp_with_time_zone_null("handed_at"),
        string_null("receiver"),
        timestamp_with_time_zone_null("received_at"),
        binary_null("void_reason"),
        string_null("voider"),
        timestamp_with_time_zone_null("voided_at"),
        big_integer("version"),
    ];
    create_table(
        manager,
        "approval_archive_list",
        list,
        &[&["department_id", "id"]],
    )
    .await
}

async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let entry = vec![
        pk_uuid("id"),
        uuid("list_id"),
        integer("seq"),
        uuid("case_id"),
        string("case_number"),
        big_integer("case_version"),
        string("item_code"),
        string("item_name"),
        timestamp_with_time_zone("ended_at"),
        string("retention"),
        string("archive_number"),
        boolean("live"),
        string("state"),
        string_null("code"),
        string("args"),
        integer("files"),
        big_integer("size"),
        string("sum"),
        timestamp_with_time_zone_null("checked_at"),
        binary_null("reason"),
        string_null("returned_by"),
    ];
    let indexes: &[&[&str]] = &[&["unique:list_id", "unique:seq"], &["case_id"]];
    create_table(manager, "approval_archive_entry", entry, indexes).await?;
    // A case is in one list at most, and a number is one case's, whoever makes lists at the same time.
    for column in ["case_id", "archive_number"] {
        let one = Index::create()
            .name(format!("approval_archive_live_{column}"))
            .table("approval_archive_entry")
            .col(column)
            .unique()
            .and_where(Expr::col("live"))
            .take();
        manager.create_index(one).await?;
    }
    Ok(())
}
