//! Cases by the numbers of their co-applicants.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};
use tb_storage::{Conn, StorageError};

use crate::entity::co_applicant::{Column, Entity, Model};

/// Notes one.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The cases of this number.
pub(super) fn cases_of(id_number_bidx: Vec<u8>) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::CaseId)
        .filter(Column::IdNumberBidx.eq(id_number_bidx))
        .into_query()
}
