//! Hot items: how often they were applied for, and which are pinned.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            integer_null("hot_pin"),
            big_integer("hot_count").default(0).take(),
        ] {
            let table = Table::alter()
                .table("catalogue_item")
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        // What was set by hand before is pinned.
        let pinned = Query::update()
            .table("catalogue_item")
            .value("hot_pin", Expr::col("hot_rank"))
            .and_where(Expr::col("hot_rank").is_not_null())
            .take();
        manager.execute(pinned).await?;
        // Among a million items a few are hot, and they are looked up with every count.
        let few = Cond::any()
            .add(Expr::col("hot_rank").is_not_null())
            .add(Expr::col("hot_pin").is_not_null())
            .add(Expr::col("hot_count").gt(0));
        let index = Index::create()
            .name("catalogue_item_hot")
            .table("catalogue_item")
            .col("id")
            .cond_where(few)
            .take();
        manager.create_index(index).await
    }
}
