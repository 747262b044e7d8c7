//! `job_lease`: which process runs a periodic job.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_lease")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub owner: Uuid,
    pub lease_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
