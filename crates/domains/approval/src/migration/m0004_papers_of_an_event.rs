//! One event may make several papers, each of its own kind: an acceptance on promises makes the
//! notice and what was promised.

use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_papers_of_an_event"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut one_an_event = Index::drop();
        one_an_event
            .name("approval_paper_0")
            .table("approval_paper");
        manager.drop_index(one_an_event).await?;
        let one_a_kind = Index::create()
            .name("approval_paper_of_event")
            .table("approval_paper")
            .col("case_id")
            .col("event_seq")
            .col("kind")
            .unique()
            .take();
        manager.create_index(one_a_kind).await
    }
}
