//! `approval_co_applicant`: the number of somebody who applies beside the applicant, for exact search.
//! Who he is lies sealed with the case.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_co_applicant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub id_number_bidx: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
