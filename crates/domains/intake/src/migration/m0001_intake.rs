//! The first tables: applications with materials, timeline, messages and ratings, the serials of
//! case numbers, and read copies of items and calendars.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, boolean, date_null, integer, pk_uuid,
    string, string_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        application(manager).await?;
        parts(manager).await?;
        messages(manager).await?;
        copies(manager).await
    }
}

async fn application(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        pk_uuid("id"),
        string_null("number"),
        uuid("account_id"),
        string("item_code"),
        big_integer("item_version"),
        big_integer("form_version"),
        string("calendar_version"),
        string("item_name"),
        string("department_code"),
        string("department_name"),
        string("region"),
        string("channel"),
        string("state"),
        big_integer("case_version"),
        big_integer("change_version"),
        big_integer("version"),
        string("updated_by"),
        integer("timeline_length"),
        text("situation_answers"),
        binary("form"),
        binary_null("form_draft"),
        binary("applicant"),
        binary("applicant_name_bidx"),
        binary("applicant_id_bidx"),
        string_null("query_password"),
        binary_null("correction"),
        boolean("correction_open"),
        boolean("withdrawal_pending"),
        string_null("result"),
        date_null("applicant_due"),
        date_null("legal_due"),
        date_null("promised_due"),
        text_null("derivation"),
        binary_null("papers"),
        boolean("rated"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("updated_at"),
        timestamp_with_time_zone_null("submitted_at"),
    ];
    let indexes: &[&[&str]] = &[
        &["unique:number"],
        &["account_id", "id"],
        &["applicant_name_bidx"],
        &["applicant_id_bidx"],
    ];
    create_table(manager, "intake_application", columns, indexes).await
}

async fn parts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let material = vec![
        pk_uuid("id"),
        uuid("application_id"),
        string("requirement_id"),
        binary("file_name"),
        string("media_type"),
        big_integer("size"),
        string("blob"),
        boolean("handed_in"),
        boolean("removed"),
        timestamp_with_time_zone("created_at"),
    ];
    create_table(
        manager,
        "intake_material",
        material,
        &[&["application_id", "id"], &["blob"]],
    )
    .await?;
    let timeline = vec![
        pk_uuid("id"),
        uuid("application_id"),
        integer("seq"),
        string("kind"),
        timestamp_with_time_zone("at"),
        string("office"),
        string_null("step"),
        binary_null("words"),
        big_integer_null("case_version"),
    ];
    create_table(
        manager,
        "intake_timeline",
        timeline,
        &[&["unique:application_id", "unique:seq"]],
    )
    .await?;
    let rating = vec![
        pk_uuid("id"),
        uuid("application_id"),
        integer("level"),
        text("tags"),
        binary("comment"),
        timestamp_with_time_zone("created_at"),
    ];
    create_table(
        manager,
        "intake_rating",
        rating,
        &[&["unique:application_id"]],
    )
    .await
}

async fn messages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let message = vec![
        pk_uuid("id"),
        uuid("account_id"),
        uuid("application_id"),
        string("kind"),
        binary("args"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("read_at"),
    ];
    create_table(
        manager,
        "intake_message",
        message,
        &[&["account_id", "id"], &["account_id", "read_at"]],
    )
    .await
}

async fn copies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let item = vec![
        string("code"),
        big_integer("version"),
        text("document"),
        boolean("withdrawn"),
        timestamp_with_time_zone("published_at"),
    ];
    create_table(
        manager,
        "intake_item",
        item,
        &[&["unique:code", "unique:version"]],
    )
    .await?;
    let calendar = vec![
        string("version").primary_key().take(),
        text("document"),
        timestamp_with_time_zone("published_at"),
    ];
    create_table(manager, "intake_calendar", calendar, &[]).await?;
    let serial = vec![string("id").primary_key().take(), big_integer("last")];
    create_table(manager, "intake_serial", serial, &[]).await
}
