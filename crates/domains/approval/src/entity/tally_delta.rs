//! `approval_tally_delta`: differences that wait to be added to the tally.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_tally_delta")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub region: String,
    pub state: String,
    pub cases: i64,
}

impl ActiveModelBehavior for ActiveModel {}
