//! Calls from kiosks for a person of the hall.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let call = vec![
            pk_uuid("id"),
            uuid("kiosk_id"),
            string("kiosk_name"),
            string("place"),
            uuid("department_id"),
            string("region"),
            timestamp_with_time_zone("called_at"),
            timestamp_with_time_zone_null("over_at"),
            string_null("taken_by"),
        ];
        let indexes: [&[&str]; 2] = [&["kiosk_id", "id"], &["department_id", "id"]];
        create_table(manager, "intake_call", call, &indexes).await?;
        // A kiosk calls once until somebody has gone.
        let open = Index::create()
            .name("ux_intake_call_open")
            .table("intake_call")
            .col("kiosk_id")
            .unique()
            .and_where(Expr::col("over_at").is_null())
            .take();
        manager.create_index(open).await
    }
}
