//! Authorisations between citizens.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, date, pk_uuid, text, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_proxy"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let proxy = vec![
            pk_uuid("id"),
            uuid("principal_id"),
            uuid_null("proxy_id"),
            binary("proxy_bidx"),
            binary("proxy_name_bidx"),
            binary("people"),
            text("items"),
            date("from_day"),
            date("until_day"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("accepted_at"),
            timestamp_with_time_zone_null("ended_at"),
            boolean("ended_by_proxy"),
            big_integer("version"),
        ];
        let indexes: [&[&str]; 3] = [
            &["principal_id", "id"],
            &["proxy_id", "until_day"],
            &["proxy_bidx"],
        ];
        create_table(manager, "identity_proxy", proxy, &indexes).await
    }
}
