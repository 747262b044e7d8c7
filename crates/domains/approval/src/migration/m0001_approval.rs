//! First tables: cases with events, payloads, papers, read copies.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, integer, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_approval"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes: &[&[&'static str]] = &[
            &["unique:number"],
            &["department_id", "due_until", "id"],
            &["region", "due_until", "id"],
            &["applicant_name_bidx"],
            &["applicant_id_number_bidx"],
            &["applicant_phone_bidx"],
        ];
        create_table(manager, "approval_case", case_columns(), indexes).await?;
        // The desk asks for open cases nearly always: their index stays small however many are closed.
        let open = Index::create()
            .name("approval_case_open")
            .table("approval_case")
            .col("department_id")
            .col("due_until")
            .col("id")
            .and_where(Expr::col("running"))
            .take();
        manager.create_index(open).await?;
        let to_do = Index::create()
            .name("approval_case_to_do")
            .table("approval_case")
            .col("department_id")
            .col("waits_for")
            .col("due_until")
            .col("id")
            .and_where(Expr::col("waits_for").is_not_null())
            .take();
        manager.create_index(to_do).await?;
        create_table(
            manager,
            "approval_case_event",
            event_columns(),
            &[&["unique:case_id", "seq"]],
        )
        .await?;
        let payload = vec![
            pk_uuid("id"),
            string("case_number"),
            big_integer("version"),
            string("kind"),
            binary("payload"),
            timestamp_with_time_zone("stored_at"),
        ];
        create_table(
            manager,
            "approval_payload",
            payload,
            &[&["unique:case_number", "version"]],
        )
        .await?;
        create_table(
            manager,
            "approval_paper",
            paper_columns(),
            &[
                &["unique:case_id", "event_seq"],
                &["unique:department_code", "number"],
            ],
        )
        .await?;
        let serial = vec![
            string("department_code"),
            string("kind"),
            integer("year"),
            big_integer("last"),
        ];
        create_table(
            manager,
            "approval_paper_serial",
            serial,
            &[&["unique:department_code", "kind", "year"]],
        )
        .await?;
        create_read_copies(manager).await
    }
}

/// What the catalogue says, as the department last heard it.
async fn create_read_copies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let item = vec![
        string("code"),
        big_integer("version"),
        text("document"),
        timestamp_with_time_zone("taken_at"),
    ];
    create_table(
        manager,
        "approval_item",
        item,
        &[&["unique:code", "version"]],
    )
    .await?;
    let key = |name: &'static str| string(name).primary_key().take();
    let calendar = vec![
        key("version"),
        text("document"),
        timestamp_with_time_zone("taken_at"),
    ];
    create_table(manager, "approval_calendar", calendar, &[]).await?;
    let department = vec![key("code"), uuid("id"), string("name"), string("region")];
    create_table(manager, "approval_department", department, &[]).await
}

fn case_columns() -> Vec<ColumnDef> {
    let moment = timestamp_with_time_zone_null::<&'static str>;
    vec![
        pk_uuid("id"),
        string("number"),
        string("department_code"),
        uuid("department_id"),
        string("region"),
        string("item_code"),
        big_integer("item_version"),
        string("item_name"),
        string("calendar_version"),
        uuid("application_id"),
        string("channel"),
        string("state"),
        boolean("running"),
        integer("step_index"),
        string_null("step_id"),
        string_null("step_name"),
        string_null("waits_for"),
        boolean("organisation"),
        binary("applicant_name"),
        binary("applicant_name_bidx"),
        binary("applicant_id_number"),
        binary("applicant_id_number_bidx"),
        binary("applicant_phone"),
        binary("applicant_phone_bidx"),
        big_integer("payload_version"),
        binary("dossier"),
        binary("materials"),
        timestamp_with_time_zone("submitted_at"),
        moment("received_at"),
        moment("accepted_at"),
        moment("decided_at"),
        moment("closed_at"),
        string_null("result"),
        moment("acceptance_until"),
        moment("applicant_until"),
        moment("legal_until"),
        moment("promised_until"),
        moment("step_until"),
        moment("delivery_until"),
        moment("yellow_from"),
        moment("paused_since"),
        timestamp_with_time_zone("due_until"),
        string_null("due_kind"),
        boolean("provisional"),
        string_null("alarm"),
        timestamp_with_time_zone("clocks_at"),
        boolean("withdrawal_pending"),
        big_integer("version"),
        uuid_null("handler_id"),
        string_null("handler_name"),
        timestamp_with_time_zone("changed_at"),
        string("changed_by"),
    ]
}

fn event_columns() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("case_id"),
        integer("seq"),
        string("kind"),
        timestamp_with_time_zone("at"),
        timestamp_with_time_zone("effective_at"),
        uuid("actor_id"),
        string("actor_name"),
        string("from_state"),
        string("to_state"),
        binary("detail"),
    ]
}

fn paper_columns() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("case_id"),
        integer("event_seq"),
        string("department_code"),
        string("kind"),
        string("number"),
        string("title"),
        integer("template_version"),
        binary("content"),
        timestamp_with_time_zone("frozen_at"),
    ]
}
