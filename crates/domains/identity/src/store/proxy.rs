//! Authorisations between citizens.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::AccountId;
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::account;
use crate::entity::proxy::{Column, Entity, Model};

/// Which of the two somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Who authorises.
    Principal,
    /// Who is authorised.
    Proxy,
    /// Either.
    Either,
}

/// Those that are somebody's: as principal; as proxy what he has taken on, and what waits for whoever
/// bears his name and number.
fn of(me: &account::Model, side: Side) -> Condition {
    let given = Condition::all().add(Column::PrincipalId.eq(me.id));
    let number = me.citizen_id_bidx.clone().unwrap_or_default();
    let offered = Condition::all()
        .add(Column::ProxyId.is_null())
        .add(Column::ProxyBidx.eq(number))
        .add(Column::ProxyNameBidx.eq(me.name_bidx.clone()));
    let held = Condition::any().add(Column::ProxyId.eq(me.id)).add(offered);
    match side {
        Side::Principal => given,
        Side::Proxy => held,
        Side::Either => Condition::any().add(given).add(held),
    }
}

/// Somebody's, the newest first, one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    me: &account::Model,
    side: Side,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let wanted = Condition::all()
        .add(of(me, side))
        .add_option(before.map(|id| Column::Id.lt(id)));
    Ok(Entity::find()
        .filter(wanted)
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// One of somebody's, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    me: &account::Model,
    side: Side,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(of(me, side))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// How many a principal has offered since a moment.
pub(crate) async fn offered_since(
    conn: &Conn,
    principal: AccountId,
    since: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(Column::PrincipalId.eq(principal.0))
        .filter(Column::CreatedAt.gt(since))
        .count(conn)
        .await?)
}

/// What a proxy may act by on a day.
pub(crate) async fn held(
    conn: &Conn,
    proxy: AccountId,
    day: NaiveDate,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::ProxyId.eq(proxy.0))
        .filter(Column::EndedAt.is_null())
        .filter(Column::FromDay.lte(day))
        .filter(Column::UntilDay.gte(day))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// How many a proxy has taken on that are not over.
pub(crate) async fn taken_on(
    conn: &Conn,
    proxy: AccountId,
    day: NaiveDate,
) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(Column::ProxyId.eq(proxy.0))
        .filter(Column::EndedAt.is_null())
        .filter(Column::UntilDay.gte(day))
        .count(conn)
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
