//! First tables: occasions, tasks with events, links, read copies.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, boolean_null, date, integer, integer_null, pk_uuid,
    string, string_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_interaction"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_table(
            manager,
            "interaction_occasion",
            occasion(),
            &[
                &["unique:case_number"],
                &["invited_at", "department_code"],
                &["words_state", "reviewed_at", "id"],
            ],
        )
        .await?;
        create_table(
            manager,
            "interaction_task",
            task(),
            &[
                &["unique:occasion_id"],
                &["department_id", "due_on", "id"],
                &["region", "due_on", "id"],
                &["account_id", "case_number"],
                &["escalation", "due_on"],
                &["invited_at", "department_code"],
            ],
        )
        .await?;
        let event = vec![
            pk_uuid("id"),
            uuid("task_id"),
            integer("seq"),
            string("kind"),
            timestamp_with_time_zone("at"),
            uuid("actor_id"),
            string("actor_name"),
            string("to_state"),
            binary("detail"),
        ];
        create_table(
            manager,
            "interaction_task_event",
            event,
            &[&["unique:task_id", "seq"]],
        )
        .await?;
        let link = vec![
            pk_uuid("id"),
            uuid("occasion_id"),
            binary("token_bidx"),
            string("channel"),
            uuid("made_by"),
            timestamp_with_time_zone("made_at"),
            timestamp_with_time_zone("expires_at"),
            timestamp_with_time_zone_null("used_at"),
        ];
        create_table(
            manager,
            "interaction_link",
            link,
            &[&["unique:token_bidx"], &["occasion_id"]],
        )
        .await?;
        let key = |name: &'static str| string(name).primary_key().take();
        let calendar = vec![
            key("version"),
            text("document"),
            timestamp_with_time_zone("taken_at"),
        ];
        create_table(manager, "interaction_calendar", calendar, &[]).await?;
        let department = vec![key("code"), uuid("id"), string("name"), string("region")];
        create_table(manager, "interaction_department", department, &[]).await
    }
}

fn occasion() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string("case_number"),
        uuid("application_id"),
        uuid("account_id"),
        string("item_code"),
        string("item_name"),
        string("department_code"),
        uuid("department_id"),
        string("region"),
        timestamp_with_time_zone("invited_at"),
        timestamp_with_time_zone_null("rated_at"),
        string_null("channel"),
        integer_null("level"),
        text("tags"),
        binary_null("comment"),
        boolean("excluded"),
        string("words_state"),
        binary_null("published"),
        timestamp_with_time_zone_null("reviewed_at"),
    ]
}

fn task() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        uuid("occasion_id"),
        string("case_number"),
        uuid("account_id"),
        string("item_code"),
        string("item_name"),
        string("department_code"),
        uuid("department_id"),
        string("region"),
        integer("level"),
        string("state"),
        big_integer("version"),
        integer("round"),
        timestamp_with_time_zone("invited_at"),
        timestamp_with_time_zone("opened_at"),
        timestamp_with_time_zone("round_at"),
        date("due_on"),
        date("yellow_from"),
        date("contact_due"),
        date("close_due"),
        timestamp_with_time_zone_null("contacted_at"),
        timestamp_with_time_zone_null("rectified_at"),
        timestamp_with_time_zone_null("closed_at"),
        boolean_null("in_time"),
        string_null("outcome"),
        integer_null("second_level"),
        integer("unreached"),
        string("appeal"),
        text("handlers"),
        integer("escalation"),
        integer("last_seq"),
    ]
}
