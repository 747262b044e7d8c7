//! Service places.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, lies_in};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::site::Model as Site;
use crate::entity::site::{Column, Entity};
use crate::entity::site_version;
pub(crate) use crate::entity::site_version::Model as SiteVersion;

/// Places within reach, in the order in which they were made; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Site>> {
    let mut query = Entity::find().filter(within(scope));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    let rows = query.order_by_asc(Column::Id).limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// Those that a department runs, and those of a region, which a centre of it may run.
pub(crate) async fn near(conn: &Conn, department_code: &str, region: &str) -> Result<Vec<Site>> {
    let any = Condition::any()
        .add(Column::DepartmentCode.eq(department_code))
        .add(Column::Region.eq(region));
    Ok(Entity::find()
        .filter(any)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// Some of them by their ids.
pub(crate) async fn some(conn: &Conn, ids: Vec<Uuid>) -> Result<Vec<Site>> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids))
        .all(conn)
        .await?)
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Site>> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.one(conn).await?)
}

/// The same, held until the transaction ends: whoever books, moves or changes the hours waits, so that
/// no slot takes more than it has room for.
pub(crate) async fn take(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Site>> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Site) -> Result<()> {
    keep_version(conn, &row).await?;
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes one that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Site) -> Result<()> {
    keep_version(conn, &row).await?;
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

async fn keep_version(conn: &Conn, row: &Site) -> Result<()> {
    let version = SiteVersion {
        site_id: row.id,
        version: row.version,
        document: row.document.clone(),
        saved_at: row.saved_at,
        saved_by: row.saved_by.clone(),
    };
    site_version::Entity::insert(version.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The versions of a place, the newest first.
pub(crate) async fn versions(conn: &Conn, id: Uuid) -> Result<Vec<SiteVersion>> {
    Ok(site_version::Entity::find()
        .filter(site_version::Column::SiteId.eq(id))
        .order_by_desc(site_version::Column::Version)
        .all(conn)
        .await?)
}

/// Whether there is any.
pub(crate) async fn is_any(conn: &Conn) -> Result<bool> {
    Ok(Entity::find().one(conn).await?.is_some())
}

fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Region(region) => all.add(lies_in(Column::Region, region)),
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        // Nobody owns a place.
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}
