//! Views of the list that somebody keeps, and the list by the time of submission.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, integer, pk_uuid, string, timestamp_with_time_zone, uuid, uuid_null,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_saved_views"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let view = vec![
            pk_uuid("id"),
            uuid("owner_id"),
            string("owner"),
            uuid_null("shared_with"),
            binary("name"),
            binary("name_bidx"),
            binary("content"),
            integer("place"),
            big_integer("version"),
            timestamp_with_time_zone("changed_at"),
        ];
        let indexes: [&[&str]; 2] = [
            &["unique:owner_id", "unique:name_bidx"],
            &["shared_with", "id"],
        ];
        create_table(manager, "approval_saved_view", view, &indexes).await?;
        let by_submission = Index::create()
            .name("approval_case_submitted")
            .table("approval_case")
            .col("department_id")
            .col("submitted_at")
            .col("id")
            .take();
        manager.create_index(by_submission).await
    }
}
