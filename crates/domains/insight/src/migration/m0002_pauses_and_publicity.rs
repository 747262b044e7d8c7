//! Up to when pauses of a case were counted, and what is shown of it by itself: whether its item is
//! withheld is asked when it is read.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::timestamp_with_time_zone_null;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_pauses_and_publicity"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("insight_case")
            .add_column(timestamp_with_time_zone_null("pauses_counted_to"))
            .take();
        manager.alter_table(column).await?;
        let shown = Query::update()
            .table("insight_case")
            .value("shown", true)
            .and_where(Expr::col("accepted_on").is_not_null())
            .and_where(Expr::col("state").ne("voided"))
            .take();
        manager.execute(shown).await
    }
}
