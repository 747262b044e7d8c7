//! Kiosks, and sessions that are bound to one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, pk_uuid, string, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_kiosk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kiosk = vec![
            pk_uuid("id"),
            string("name"),
            string("place"),
            string("region"),
            uuid("department_id"),
            string("department_code"),
            string("department_name"),
            binary("secret"),
            binary("secret_hash"),
            binary_null("token_hash"),
            timestamp_with_time_zone_null("paired_at"),
            timestamp_with_time_zone_null("shut_at"),
            timestamp_with_time_zone_null("card_read_at"),
            big_integer("version"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("updated_at"),
            string("updated_by"),
        ];
        let indexes: [&[&str]; 2] = [&["unique:secret_hash"], &["unique:token_hash"]];
        create_table(manager, "identity_kiosk", kiosk, &indexes).await?;
        let column = Table::alter()
            .table("identity_session")
            .add_column(uuid_null("kiosk_id"))
            .take();
        manager.alter_table(column).await?;
        let of_kiosk = Index::create()
            .name("ix_identity_session_kiosk")
            .table("identity_session")
            .col("kiosk_id")
            .and_where(Expr::col("kiosk_id").is_not_null())
            .take();
        manager.create_index(of_kiosk).await
    }
}
