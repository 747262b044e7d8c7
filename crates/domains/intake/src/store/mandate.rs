//! Authorisations between citizens, as far as they are known here.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::mandate::{Column, Entity, Model};

type Result<T> = std::result::Result<T, StorageError>;

/// Holds one until the transaction ends, so that whoever ends it finds what is begun by it; whether it
/// is over already.
pub(crate) async fn hold(conn: &Conn, id: Uuid) -> Result<bool> {
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    write(conn, Model { id, over: false }, known).await?;
    let held = Entity::find_by_id(id).lock_exclusive().one(conn).await?;
    Ok(held.is_some_and(|row| row.over))
}

/// Notes that one is over, behind all who hold it.
pub(crate) async fn end(conn: &Conn, id: Uuid) -> Result<()> {
    let known = OnConflict::column(Column::Id)
        .update_column(Column::Over)
        .to_owned();
    write(conn, Model { id, over: true }, known).await
}

async fn write(conn: &Conn, row: Model, conflict: OnConflict) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(conflict)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
