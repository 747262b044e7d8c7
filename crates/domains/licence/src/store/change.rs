//! What is asked for about licences. A change is reached through its licence, which was found within
//! reach.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::change::{Column, Entity, Model};
use crate::model::change::ChangeState;

/// The changes of a licence, the oldest first.
pub(crate) async fn of_licence(conn: &Conn, licence_id: Uuid) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::LicenceId.eq(licence_id))
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// The open change of a licence that this transaction has taken.
pub(crate) async fn open(conn: &Conn, licence_id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::LicenceId.eq(licence_id))
        .filter(Column::State.eq(ChangeState::Open.as_str()))
        .one(conn)
        .await?)
}

/// What is asked for about some licences and not decided.
pub(crate) async fn open_of(conn: &Conn, licences: &[Uuid]) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::LicenceId.is_in(licences.to_vec()))
        .filter(Column::State.eq(ChangeState::Open.as_str()))
        .all(conn)
        .await?)
}

/// Those of some licences about which something is asked for and not decided.
pub(crate) async fn under_way(
    conn: &Conn,
    licences: &[Uuid],
) -> Result<BTreeSet<Uuid>, StorageError> {
    let open = open_of(conn, licences).await?;
    Ok(open.into_iter().map(|change| change.licence_id).collect())
}

/// Renewals that nobody decided before the licence ended, the longest ended first.
pub(crate) async fn undecided(
    conn: &Conn,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::State.eq(ChangeState::Open.as_str()))
        .filter(Column::DeemAfter.lt(today))
        .order_by_asc(Column::DeemAfter)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Adds a change.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a change whose licence this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
