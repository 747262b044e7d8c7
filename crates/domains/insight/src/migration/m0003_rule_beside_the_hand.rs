//! What the rule says of an item, kept beside what a person said, so that the word can be taken back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_rule_beside_the_hand"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Where a person has spoken the rule is not known here: withheld, until the next version of
        // the item tells.
        let mut column = boolean("withheld_by_rule");
        column.default(true);
        let column = Table::alter()
            .table("insight_item")
            .add_column(column)
            .take();
        manager.alter_table(column).await?;
        let known = Query::update()
            .table("insight_item")
            .value("withheld_by_rule", Expr::col("withheld"))
            .and_where(Expr::col("decided_by_hand").not())
            .take();
        manager.execute(known).await
    }
}
