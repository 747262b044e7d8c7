//! Parts of one answer to a joint matter. Its notice is filed with every case that it answers, each a copy
//! under one number.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, pk_uuid, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0026_joint_parts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let part = vec![
            pk_uuid("case_id"),
            string("case_number"),
            string("item_name"),
            string("office"),
            uuid("department_id"),
            string("joint_number"),
            string("joint_name"),
            uuid("lead_id"),
            string("lead_code"),
            string("lead_name"),
            string("lead_region"),
            string("state"),
            string_null("verdict"),
            string_null("answerer"),
            timestamp_with_time_zone_null("answered_at"),
            date("part_by"),
            timestamp_with_time_zone("part_until"),
            date("send_by"),
            timestamp_with_time_zone("send_until"),
            timestamp_with_time_zone_null("settled_at"),
            big_integer("version"),
        ];
        let indexes: &[&[&str]] = &[
            &["joint_number"],
            &["lead_id", "state", "send_until"],
            &["state", "send_until"],
        ];
        create_table(manager, "approval_joint_part", part, indexes).await?;
        let mut one_a_number = Index::drop();
        one_a_number
            .name("approval_paper_1")
            .table("approval_paper");
        manager.drop_index(one_a_number).await?;
        let one_a_case = Index::create()
            .name("approval_paper_of_number")
            .table("approval_paper")
            .col("department_code")
            .col("number")
            .col("case_id")
            .unique()
            .take();
        manager.create_index(one_a_case).await
    }
}
