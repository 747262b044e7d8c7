//! Accounts, their passwords, sessions and failed attempts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, integer, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_table(
            manager,
            "identity_account",
            account_columns(),
            &[
                &["unique:login_bidx"],
                &["login"],
                &["name_bidx"],
                &["citizen_id_bidx"],
                &["phone_bidx"],
                &["kind"],
                &["department_id"],
                &["region"],
            ],
        )
        .await?;
        let credential = vec![
            pk_uuid("account_id"),
            text("hash"),
            timestamp_with_time_zone("changed_at"),
        ];
        create_table(manager, "identity_credential", credential, &[]).await?;
        let session = vec![
            pk_uuid("id"),
            uuid("account_id"),
            binary("token_hash"),
            binary_null("user_agent_hash"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("last_seen_at"),
            timestamp_with_time_zone_null("ended_at"),
        ];
        create_table(
            manager,
            "identity_session",
            session,
            &[&["unique:token_hash"], &["account_id"], &["created_at"]],
        )
        .await?;
        let attempt = vec![
            binary("login_bidx").primary_key().take(),
            integer("failed"),
            timestamp_with_time_zone("first_at"),
            timestamp_with_time_zone_null("locked_until"),
        ];
        create_table(manager, "identity_attempt", attempt, &[&["first_at"]]).await
    }
}

fn account_columns() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string("kind"),
        string_null("login"),
        binary_null("login_sealed"),
        binary("login_bidx"),
        string_null("name"),
        binary_null("name_sealed"),
        binary("name_bidx"),
        binary_null("citizen_id"),
        binary_null("citizen_id_bidx"),
        binary_null("phone"),
        binary_null("phone_bidx"),
        string_null("enterprise_name"),
        string_null("enterprise_credit_code"),
        uuid_null("department_id"),
        string_null("department_code"),
        string_null("department_name"),
        string_null("region"),
        text("roles"),
        boolean("demo"),
        timestamp_with_time_zone_null("disabled_at"),
        boolean("must_change_password"),
        big_integer("version"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("updated_at"),
        string("updated_by"),
    ]
}
