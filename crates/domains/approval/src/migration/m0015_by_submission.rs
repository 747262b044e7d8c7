//! Lists by submission for those who see a region or everything, and for what is open.

use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0015_by_submission"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by = |name: &'static str, first: &[&'static str]| {
            let mut index = Index::create();
            index.name(name).table("approval_case");
            for column in first.iter().chain(&["submitted_at", "id"]) {
                index.col(*column);
            }
            index
        };
        let open = |mut index: IndexCreateStatement| index.and_where(Expr::col("running")).take();
        for index in [
            by("approval_case_submitted_region", &["region"]),
            by("approval_case_submitted_all", &[]),
            open(by("approval_case_open_submitted", &["department_id"])),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
