//! By which numbers a case is found besides the applicant's own: those of its co-applicants.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, pk_uuid, uuid};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0025_co_applicants"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![pk_uuid("id"), uuid("case_id"), binary("id_number_bidx")];
        let indexes: &[&[&str]] = &[&["id_number_bidx"], &["case_id"]];
        create_table(manager, "approval_co_applicant", columns, indexes).await
    }
}
