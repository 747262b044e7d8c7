//! `intake_mandate`: an authorisation between citizens by which something was begun here, or that is
//! over. Who begins and who ends take turns at its row.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_mandate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub over: bool,
}

impl ActiveModelBehavior for ActiveModel {}
