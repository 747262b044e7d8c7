//! The tables of background work.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, integer, pk_uuid, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use tb_storage::migration::{MigrationSet, create_table};

/// Migrations of background work.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    domain: "job",
    list,
};

fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Migration)]
}

struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_job"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let lease = vec![
            string("name"),
            uuid("owner"),
            timestamp_with_time_zone("lease_until"),
        ];
        create_table(manager, "job_lease", lease, &[&["unique:name"]]).await?;
        let queue = vec![
            pk_uuid("id"),
            string("kind"),
            string_null("key"),
            binary("args"),
            big_integer("generation"),
            string("state"),
            timestamp_with_time_zone("run_at"),
            integer("attempts"),
            uuid_null("owner"),
            timestamp_with_time_zone_null("lease_until"),
            string("code"),
            string("error"),
            timestamp_with_time_zone("created_at"),
        ];
        create_table(
            manager,
            "job_queue",
            queue,
            &[&["unique:kind", "key"], &["state", "run_at"], &["owner"]],
        )
        .await
    }
}
