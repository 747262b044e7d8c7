//! Departments.

use sea_orm::sea_query::Expr;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::{Region, Scope};
use tb_storage::{Conn, StorageError, lies_in};

use crate::entity::department::{Column, Entity, Model};
use crate::store::containing;

/// The departments of a region and what lies in it, by code, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    region: Option<&Region>,
    words: &str,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find();
    if let Some(region) = region {
        query = query.filter(lies_in(Column::Region, region));
    }
    if !words.trim().is_empty() {
        let pattern = || containing(words.trim());
        let any = Condition::any().add(Expr::col(Column::Name).like(pattern()));
        query = query.filter(any.add(Expr::col(Column::ShortName).like(pattern())));
    }
    if let Some(after) = after {
        query = query.filter(Column::Code.gt(after));
    }
    Ok(query
        .order_by_asc(Column::Code)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// A department by its code.
pub(crate) async fn by_code(conn: &Conn, code: &str) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .one(conn)
        .await?)
}

/// A department within reach, by its code.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    code: &str,
) -> Result<Option<Model>, StorageError> {
    let found = by_code(conn, code).await?;
    Ok(found.filter(|department| is_within(scope, department)))
}

/// The same, taken for this transaction: other writers wait.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    code: &str,
) -> Result<Option<Model>, StorageError> {
    let found = Entity::find()
        .filter(Column::Code.eq(code))
        .lock_exclusive()
        .one(conn)
        .await?;
    Ok(found.filter(|department| is_within(scope, department)))
}

fn is_within(scope: &Scope, department: &Model) -> bool {
    let region = Region::parse(&department.region);
    scope.covers(Some(department.id.into()), region.as_ref(), None)
}

/// All departments, for an import that looks them up by name.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find().order_by_asc(Column::Code).all(conn).await?)
}

/// How many departments there are.
pub(crate) async fn count(conn: &Conn) -> Result<u64, StorageError> {
    Ok(Entity::find().count(conn).await?)
}

/// Adds a department.
pub(crate) async fn insert(conn: &Conn, department: Model) -> Result<(), StorageError> {
    Entity::insert(department.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces a department that this transaction has taken.
pub(crate) async fn update(conn: &Conn, department: Model) -> Result<(), StorageError> {
    department
        .into_active_model()
        .reset_all()
        .update(conn)
        .await?;
    Ok(())
}
