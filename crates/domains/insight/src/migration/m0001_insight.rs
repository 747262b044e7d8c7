//! First tables: cases, differences and sums, comparisons, permits, read copies.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, date, date_null, integer, integer_null, pk_uuid, string,
    string_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_insight"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_table(
            manager,
            "insight_case",
            case(),
            &[
                &["shown", "changed_at", "id"],
                &["shown", "department_code", "changed_at", "id"],
                &["shown", "item_code", "changed_at", "id"],
                &["running", "department_code"],
                &["submitted_on"],
                &["accepted_on"],
                &["ended_on"],
                &["rated_on"],
            ],
        )
        .await?;
        let delta = [vec![pk_uuid("id")], place(), vec![integer("minutes")]].concat();
        create_table(manager, "insight_delta", delta, &[]).await?;
        let sums = ["month", "amount", "minutes"].map(integer);
        let key = [
            "unique:day",
            "department_code",
            "item_code",
            "region",
            "what",
            "bucket",
        ];
        let indexes: &[&[&'static str]] = &[&key, &["what", "day"], &["department_code", "day"]];
        let day = [place(), sums.to_vec()].concat();
        create_table(manager, "insight_day", day, indexes).await?;
        let comparison = vec![
            pk_uuid("id"),
            timestamp_with_time_zone("at"),
            date("from_day"),
            integer("compared"),
            text("differences"),
        ];
        create_table(manager, "insight_comparison", comparison, &[&["at"]]).await?;
        create_table(
            manager,
            "insight_permit",
            permit(),
            &[
                &["unique:case_number"],
                &["state", "decided_on", "id"],
                &["department_code", "decided_on", "id"],
                &["holder_bidx"],
                &["holder_code_bidx"],
                &["document_number"],
            ],
        )
        .await?;
        copies(manager).await
    }
}

/// Where something is counted.
fn place() -> Vec<ColumnDef> {
    vec![
        date("day"),
        string("department_code"),
        string("item_code"),
        string("region"),
        string("what"),
        integer("bucket"),
    ]
}

fn case() -> Vec<ColumnDef> {
    vec![
        string("number").primary_key().take(),
        uuid("id"),
        big_integer("version"),
        string("item_code"),
        string("item_name"),
        string("department_code"),
        string("region"),
        string("channel"),
        boolean("organisation"),
        string("applicant"),
        boolean("sample"),
        string("state"),
        string_null("result"),
        boolean("running"),
        boolean("shown"),
        timestamp_with_time_zone("submitted_at"),
        date("submitted_on"),
        date_null("accepted_on"),
        date_null("ended_on"),
        timestamp_with_time_zone_null("done_at"),
        timestamp_with_time_zone_null("paused_since"),
        integer("paused_minutes"),
        integer_null("gross_minutes"),
        integer_null("net_minutes"),
        timestamp_with_time_zone_null("yellow_from"),
        timestamp_with_time_zone_null("promised_until"),
        timestamp_with_time_zone_null("legal_until"),
        boolean("late"),
        date_null("rated_on"),
        integer_null("level"),
        timestamp_with_time_zone("changed_at"),
    ]
}

fn permit() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string("case_number"),
        big_integer("version"),
        boolean("organisation"),
        binary("holder"),
        binary("holder_bidx"),
        binary("holder_code"),
        binary("holder_code_bidx"),
        string("document_name"),
        string("document_number"),
        string("permit_kind"),
        string("certificate"),
        string("content"),
        date("decided_on"),
        date("due_on"),
        date("valid_from"),
        date_null("valid_to"),
        string("validity"),
        string("item_code"),
        string("office"),
        string("department_code"),
        string("region"),
        boolean("sample"),
        string("state"),
        string("remark"),
        timestamp_with_time_zone("published_at"),
        timestamp_with_time_zone("updated_at"),
    ]
}

async fn copies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let key = |name: &'static str| string(name).primary_key().take();
    let calendar = vec![
        key("version"),
        text("document"),
        timestamp_with_time_zone("taken_at"),
    ];
    create_table(manager, "insight_calendar", calendar, &[]).await?;
    let department = vec![key("code"), uuid("id"), string("name"), string("region")];
    create_table(manager, "insight_department", department, &[&["id"]]).await?;
    let item = vec![
        key("code"),
        big_integer("version"),
        string("name"),
        string("item_type"),
        string("department_code"),
        string("department_name"),
        string("region"),
        string("legal_term"),
        string("promised_term"),
        integer("online_depth"),
        boolean("sample"),
        boolean("withdrawn"),
        boolean("withheld"),
        boolean("decided_by_hand"),
        timestamp_with_time_zone("updated_at"),
    ];
    create_table(manager, "insight_item", item, &[]).await
}
