//! Calls from kiosks.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

pub(crate) use crate::entity::call::Model as Call;
use crate::entity::call::{Column, Entity};

type Result<T> = std::result::Result<T, StorageError>;

/// The calls of the kiosks that an office looks after.
fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => Condition::all().add(lies_in(Column::Region, region)),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Own(_) => Condition::all().add(Column::Id.is_null()),
    }
}

/// The open calls within reach since a moment, the oldest first.
pub(crate) async fn open(
    conn: &Conn,
    scope: &Scope,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Call>> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::OverAt.is_null())
        .filter(Column::CalledAt.gt(since))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(conn)
        .await?)
}

/// The last call of a kiosk.
pub(crate) async fn last(conn: &Conn, kiosk: Uuid) -> Result<Option<Call>> {
    Ok(Entity::find()
        .filter(Column::KioskId.eq(kiosk))
        .order_by_desc(Column::Id)
        .one(conn)
        .await?)
}

/// The open call of a kiosk, taken for this transaction.
pub(crate) async fn take_open(conn: &Conn, kiosk: Uuid) -> Result<Option<Call>> {
    Ok(Entity::find()
        .filter(Column::KioskId.eq(kiosk))
        .filter(Column::OverAt.is_null())
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// A call within reach, taken for this transaction: other writers wait.
pub(crate) async fn take(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Call>> {
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// Stores a new call.
pub(crate) async fn insert(conn: &Conn, row: Call) -> Result<()> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces a call that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Call) -> Result<()> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
