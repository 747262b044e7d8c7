//! `interaction_department`: read copy of the departments.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_department")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub id: Uuid,
    pub name: String,
    pub region: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl tb_storage::DepartmentTable for Entity {
    const CODE: Column = Column::Code;
    const ID: Column = Column::Id;
    const NAME: Column = Column::Name;
    const REGION: Column = Column::Region;
}
