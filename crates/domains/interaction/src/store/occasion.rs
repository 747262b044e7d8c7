//! Occasions: services that may be rated, and their ratings.

use sea_orm::sea_query::Order;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, Tracked, lies_in};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::occasion::Model as Occasion;
use crate::entity::occasion::{Column, Entity};

/// Words that nobody has read yet.
pub(crate) const WAITING: &str = "waiting";
/// Words for everybody.
pub(crate) const PUBLISHED: &str = "published";
/// Words that are not shown.
pub(crate) const WITHHELD: &str = "withheld";
/// No words.
pub(crate) const NONE: &str = "none";

/// One by its id.
pub(crate) async fn find(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Occasion>> {
    let query = Entity::find().filter(within(scope));
    Ok(query.filter(Column::Id.eq(id)).one(conn).await?)
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Tracked<Occasion>>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// One by its case number, as it is now.
pub(crate) async fn peek(conn: &Conn, scope: &Scope, number: &str) -> Result<Option<Occasion>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::CaseNumber.eq(number));
    Ok(query.one(conn).await?)
}

/// One by its case number, held until the transaction ends.
pub(crate) async fn by_number(
    conn: &Conn,
    scope: &Scope,
    number: &str,
) -> Result<Option<Tracked<Occasion>>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::CaseNumber.eq(number));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Words in a state, the newest rating first, behind `before`.
pub(crate) async fn words(
    conn: &Conn,
    scope: &Scope,
    state: &str,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Occasion>> {
    let mut query = Entity::find()
        .filter(within(scope))
        .filter(Column::WordsState.eq(state));
    if let Some(id) = before {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Whether there is any at all.
pub(crate) async fn is_any(conn: &Conn) -> Result<bool> {
    Ok(Entity::find().limit(1).one(conn).await?.is_some())
}

/// New ones.
pub(crate) async fn insert_many(conn: &Conn, rows: Vec<Occasion>) -> Result<()> {
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Occasion) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Occasion>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Own(account) => Condition::all().add(Column::AccountId.eq(account.0)),
    }
}
