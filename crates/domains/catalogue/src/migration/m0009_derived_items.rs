//! Items that are derived from another one: which, and after which of its versions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            uuid_null("parent_id"),
            big_integer("derived_at").default(0).take(),
        ] {
            let table = Table::alter()
                .table("catalogue_item")
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        // Few items are derived; the children of one are looked up.
        let index = Index::create()
            .name("catalogue_item_parent")
            .table("catalogue_item")
            .col("parent_id")
            .cond_where(Cond::all().add(Expr::col("parent_id").is_not_null()))
            .take();
        manager.create_index(index).await
    }
}
