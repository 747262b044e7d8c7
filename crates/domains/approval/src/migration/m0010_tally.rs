//! How many cases of a department are in each state that is an end, kept as cases end; and the
//! orders in which desks read lists.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, uuid};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_tally"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tally = vec![
            uuid("department_id"),
            string("region"),
            string("state"),
            big_integer("cases"),
        ];
        let key: &[&[&'static str]] = &[&["unique:department_id", "unique:region", "unique:state"]];
        create_table(manager, "approval_tally", tally, key).await?;
        let ended = Query::select()
            .columns(["department_id", "region", "state"])
            .expr(Expr::col(Asterisk).count())
            .from("approval_case")
            .and_where(Expr::col("running").not())
            .group_by_columns(["department_id", "region", "state"])
            .take();
        let fill = Query::insert()
            .into_table("approval_tally")
            .columns(["department_id", "region", "state", "cases"])
            .select_from(ended)
            .map_err(|error| DbErr::Custom(error.to_string()))?
            .take();
        manager.execute(fill).await?;
        let orders: [(&str, &[&str]); 3] = [
            (
                "approval_case_of_state",
                &["department_id", "state", "due_until", "id"],
            ),
            ("approval_case_state", &["state", "due_until", "id"]),
            ("approval_case_due", &["due_until", "id"]),
        ];
        for (name, columns) in orders {
            let mut index = Index::create();
            index.name(name).table("approval_case");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index.take()).await?;
        }
        Ok(())
    }
}
