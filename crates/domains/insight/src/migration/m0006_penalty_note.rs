//! What is said of a penalty inside gets a column of its own, beside what the public reads.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string;

/// Until now both stood in one: nobody can tell them apart any more, so all of it stays inside.
const INSIDE: &str = "UPDATE insight_penalty SET note = remark, remark = ''";

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_penalty_note"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let note = Table::alter()
            .table("insight_penalty")
            .add_column(string("note").default(""))
            .take();
        manager.alter_table(note).await?;
        manager.get_connection().execute_unprepared(INSIDE).await?;
        let by_party = Index::create()
            .name("insight_penalty_party")
            .table("insight_penalty")
            .col("party_bidx")
            .take();
        manager.create_index(by_party).await
    }
}
