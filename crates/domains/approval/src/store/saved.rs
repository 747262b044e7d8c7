//! Views of the list that somebody keeps.

use sea_orm::sea_query::{Expr, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use tb_kernel::{AccountId, DepartmentId};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::saved_view::{Column, Entity, Model};

/// Somebody's own views in his order.
pub(crate) async fn own(conn: &Conn, owner: AccountId) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::OwnerId.eq(owner.0))
        .order_by(Column::Place, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// What colleagues share with a department, the oldest first.
pub(crate) async fn shared(
    conn: &Conn,
    department: DepartmentId,
    but: AccountId,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::SharedWith.eq(department.0))
        .filter(Column::OwnerId.ne(but.0))
        .order_by(Column::Id, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// One of somebody's own views, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    owner: AccountId,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(Column::OwnerId.eq(owner.0));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// A view that is shared with a department, kept from other writers.
pub(crate) async fn take_shared(
    conn: &Conn,
    department: DepartmentId,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(Column::SharedWith.eq(department.0));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Writes a new view.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a view anew.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Puts a view in its place.
pub(crate) async fn place(conn: &Conn, id: Uuid, place: i32) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::Place, Expr::value(place))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Its list opens with another one from now on.
pub(crate) async fn opens_no_more(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::Opens, Expr::value(false))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Removes a view.
pub(crate) async fn remove(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}
