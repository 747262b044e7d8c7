//! Joint matters: working copies and versions.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::joint_item::{Column, Entity, Model};
use crate::entity::joint_item_version as version;
use crate::model::ItemStatus;

/// Those within reach, the newest first, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find().filter(within(scope));
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// All that are offered, by name.
pub(crate) async fn offered(conn: &Conn) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Status.eq(ItemStatus::Published.as_str()))
        .order_by_asc(Column::Name)
        .all(conn)
        .await?)
}

/// One within reach.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    code: &str,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .filter(within(scope))
        .one(conn)
        .await?)
}

/// The same, taken for this transaction.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    code: &str,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .filter(within(scope))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// Adds one.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces one that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// Keeps a published version.
pub(crate) async fn add_version(conn: &Conn, row: version::Model) -> Result<(), StorageError> {
    version::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// One version.
pub(crate) async fn version(
    conn: &Conn,
    id: Uuid,
    number: i64,
) -> Result<Option<version::Model>, StorageError> {
    Ok(version::Entity::find_by_id((id, number)).one(conn).await?)
}

/// The versions, the newest first.
pub(crate) async fn versions(conn: &Conn, id: Uuid) -> Result<Vec<version::Model>, StorageError> {
    Ok(version::Entity::find()
        .filter(version::Column::JointItemId.eq(id))
        .order_by_desc(version::Column::Version)
        .all(conn)
        .await?)
}

/// Marks a version as withdrawn.
pub(crate) async fn withdraw_version(
    conn: &Conn,
    row: version::Model,
    at: chrono::DateTime<chrono::Utc>,
    reason: &str,
) -> Result<(), StorageError> {
    let row = version::Model {
        withdrawn_at: Some(at),
        withdrawn_reason: reason.to_owned(),
        ..row
    };
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        // Nobody owns one.
        Scope::Own(_) => Condition::all().add(Expr::val(1).eq(0)),
    }
}
