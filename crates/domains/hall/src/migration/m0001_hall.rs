//! First tables: service places with their versions, appointments, read copies of the catalogue.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, date, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let site = vec![
            pk_uuid("id"),
            uuid("department_id"),
            string("department_code"),
            string("region"),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("saved_at"),
            string("saved_by"),
        ];
        create_table(
            manager,
            "hall_site",
            site,
            &[&["department_id"], &["region"]],
        )
        .await?;
        let version = vec![
            uuid("site_id"),
            big_integer("version"),
            text("document"),
            timestamp_with_time_zone("saved_at"),
            string("saved_by"),
        ];
        let by_version: &[&'static str] = &["unique:site_id", "version"];
        create_table(manager, "hall_site_version", version, &[by_version]).await?;
        let indexes: &[&[&'static str]] = &[
            &["unique:number"],
            &["site_id", "day", "starts_at"],
            &["account_id", "id"],
            &["phone_bidx"],
        ];
        create_table(manager, "hall_appointment", appointment(), indexes).await?;
        self.open_ones(manager).await?;
        copies(manager).await
    }
}

impl Migration {
    /// Indexes over those to which somebody is still to come.
    async fn open_ones(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        // A bound parameter would keep the index from matching.
        let open = || Expr::cust("state IN ('requested', 'confirmed')");
        let once = Index::create()
            .name("hall_appointment_once")
            .table("hall_appointment")
            .unique()
            .col("account_id")
            .col("subject")
            .col("day")
            .and_where(open())
            .take();
        manager.create_index(once).await?;
        let by_end = Index::create()
            .name("hall_appointment_open")
            .table("hall_appointment")
            .col("ends_at")
            .and_where(open())
            .take();
        manager.create_index(by_end).await
    }
}

fn appointment() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string("number"),
        string("state"),
        uuid("site_id"),
        string("counter"),
        date("day"),
        timestamp_with_time_zone("starts_at"),
        timestamp_with_time_zone("ends_at"),
        uuid("account_id"),
        string("subject"),
        string("item_code"),
        string("item_name"),
        string_null("case_number"),
        uuid_null("application_id"),
        uuid("department_id"),
        string("region"),
        binary("name"),
        binary("phone"),
        binary("phone_bidx"),
        string("enterprise"),
        timestamp_with_time_zone_null("answer_until"),
        binary_null("reason"),
        string_null("offered_counter"),
        timestamp_with_time_zone_null("offered_at"),
        timestamp_with_time_zone_null("reminded_at"),
        big_integer("version"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("changed_at"),
        string("changed_by"),
    ]
}

async fn copies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let item = vec![
        string("code").primary_key().take(),
        big_integer("version"),
        string("name"),
        string("department_code"),
        string("region"),
        boolean("bookable"),
        boolean("in_hall"),
    ];
    create_table(manager, "hall_item", item, &[]).await?;
    let department = vec![
        string("code").primary_key().take(),
        uuid("id"),
        string("name"),
        string("region"),
    ];
    create_table(manager, "hall_department", department, &[]).await?;
    let calendar = vec![
        string("version").primary_key().take(),
        text("document"),
        timestamp_with_time_zone("taken_at"),
    ];
    create_table(manager, "hall_calendar", calendar, &[]).await
}
