//! Who acts for the applicant, and which entries of the timeline are his doing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary_null, boolean, date_null, string_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [
            uuid_null("proxy_id"),
            uuid_null("proxy_mandate_id"),
            string_null("proxy_proof"),
            date_null("proxy_until"),
            date_null("proxy_ended_on"),
            binary_null("proxy"),
        ] {
            let column = Table::alter()
                .table("intake_application")
                .add_column(column)
                .take();
            manager.alter_table(column).await?;
        }
        for column in ["proxy_id", "proxy_mandate_id"] {
            let index = Index::create()
                .name(format!("ix_intake_application_{column}"))
                .table("intake_application")
                .col(column)
                .take();
            manager.create_index(index).await?;
        }
        let by_proxy = Table::alter()
            .table("intake_timeline")
            .add_column(boolean("by_proxy").default(false))
            .take();
        manager.alter_table(by_proxy).await
    }
}
