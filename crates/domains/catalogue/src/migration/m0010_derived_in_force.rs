//! Derived items: after which version of the parent that is made which is in force.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table("catalogue_item")
            .add_column(big_integer("published_derived_at").default(0).take())
            .take();
        manager.alter_table(table).await?;
        let in_force = Cond::all()
            .add(Expr::col("parent_id").is_not_null())
            .add(Expr::col("published_version").gt(0));
        let same = Query::update()
            .table("catalogue_item")
            .value("published_derived_at", Expr::col("derived_at"))
            .cond_where(in_force.clone())
            .take();
        manager.execute(same).await?;
        // Whether a working copy that has gone on was derived anew was not written down: it is looked
        // at once too often rather than never.
        let older = Query::update()
            .table("catalogue_item")
            .value("published_derived_at", Expr::col("derived_at").sub(1))
            .cond_where(in_force.add(Expr::col("changed").eq(true)))
            .take();
        manager.execute(older).await
    }
}
