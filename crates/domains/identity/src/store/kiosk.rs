//! Kiosks, and the sessions that were begun at one.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::kiosk::{Column, Entity, Model};
use crate::entity::session;

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => Condition::all().add(lies_in(Column::Region, region)),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Own(_) => Condition::all().add(Column::Id.is_null()),
    }
}

/// Kiosks within reach, the newest first; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let wanted = within(scope).add_option(before.map(|id| Column::Id.lt(id)));
    Ok(Entity::find()
        .filter(wanted)
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// A kiosk within reach, taken for this transaction: other writers wait.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// The kiosk of a browser that was paired and is not shut off: the way in, before there is any scope.
pub(crate) async fn of_token(conn: &Conn, hash: &[u8]) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(hash.to_vec()))
        .filter(Column::ShutAt.is_null())
        .one(conn)
        .await?)
}

/// A kiosk that is not shut off.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::ShutAt.is_null())
        .one(conn)
        .await?)
}

/// The kiosk of a secret.
pub(crate) async fn of_secret(conn: &Conn, hash: &[u8]) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::SecretHash.eq(hash.to_vec()))
        .one(conn)
        .await?)
}

/// Stores a new kiosk.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces a kiosk that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// Ends whatever was begun at a kiosk.
pub(crate) async fn end_sessions(
    conn: &Conn,
    kiosk: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    super::end_where(conn, session::Column::KioskId.eq(kiosk).into(), now).await
}
