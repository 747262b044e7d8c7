//! Deputies.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::{AccountId, Scope};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::delegation::{Column, Entity, Model};

/// Somebody's own, as absent or as deputy; whoever arranges for a department sees all of it.
fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Own(id) => Condition::any()
            .add(Column::AbsentId.eq(id.0))
            .add(Column::DeputyId.eq(id.0)),
        Scope::Region(_) => Condition::all().add(Column::Id.is_null()),
    }
}

/// What is to be listed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Listing {
    /// Only what runs on this day or comes later.
    pub from: Option<NaiveDate>,
    /// Older than this one.
    pub before: Option<Uuid>,
}

/// Delegations within reach, the newest first; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    listing: Listing,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let current = listing.from.map(|day| {
        Condition::all()
            .add(Column::UntilDay.gte(day))
            .add(Column::EndedAt.is_null())
    });
    let wanted = Condition::all()
        .add(within(scope))
        .add_option(current)
        .add_option(listing.before.map(|id| Column::Id.lt(id)));
    Ok(Entity::find()
        .filter(wanted)
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// One within reach, kept from other writers.
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

/// What touches one of these people on some of the days and has not been ended.
pub(crate) async fn touching(
    conn: &Conn,
    people: [AccountId; 2],
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Model>, StorageError> {
    let ids = people.map(|id| id.0);
    let either = Condition::any()
        .add(Column::AbsentId.is_in(ids))
        .add(Column::DeputyId.is_in(ids));
    Ok(Entity::find()
        .filter(either)
        .filter(Column::EndedAt.is_null())
        .filter(Column::UntilDay.gte(from))
        .filter(Column::FromDay.lte(until))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// What somebody holds for others on a day.
pub(crate) async fn held(
    conn: &Conn,
    deputy: AccountId,
    day: NaiveDate,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::DeputyId.eq(deputy.0))
        .filter(Column::EndedAt.is_null())
        .filter(Column::FromDay.lte(day))
        .filter(Column::UntilDay.gte(day))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// Writes a new one.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes one anew that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
