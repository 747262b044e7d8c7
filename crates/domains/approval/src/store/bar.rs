//! Who is barred from promises.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::bar::{Column, Entity, Model};

fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(Column::Region, region)),
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// Whether somebody is barred on a day, by whichever office; `holder` is the blind index of his
/// number.
pub(crate) async fn is_barred(
    conn: &Conn,
    holder: &[u8],
    today: NaiveDate,
) -> Result<bool, StorageError> {
    let found = Entity::find()
        .filter(Column::HolderBidx.eq(holder.to_vec()))
        .filter(Column::UntilOn.gte(today))
        .filter(Column::LiftedAt.is_null())
        .count(conn)
        .await?;
    Ok(found > 0)
}

/// Bars within reach, the newest first; one row more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Condition::all().add_option(before.map(|id| Column::Id.lt(id))))
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// A bar within reach, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Writes a new bar.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a bar anew.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}
