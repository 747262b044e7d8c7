//! Blank forms and samples: the files, and which versions of items name them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::form_file::{Column, Entity, Model};
use crate::entity::{form_use, item};
use crate::store::item::within;

/// A file by its sum.
pub(crate) async fn find(conn: &Conn, sum: &str) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(sum.to_owned()).one(conn).await?)
}

/// A file by its sum, if a published version names it.
pub(crate) async fn find_published(conn: &Conn, sum: &str) -> Result<Option<Model>, StorageError> {
    let published = form_use::Entity::find()
        .filter(form_use::Column::Sum.eq(sum))
        .filter(form_use::Column::Version.gt(0))
        .limit(1)
        .one(conn)
        .await?;
    match published {
        Some(_) => find(conn, sum).await,
        None => Ok(None),
    }
}

/// Keeps a file; one that is known stays, and is kept from now on.
pub(crate) async fn keep(conn: &Conn, file: Model) -> Result<(), StorageError> {
    let known = OnConflict::column(Column::Sum)
        .update_columns([Column::KeptAt, Column::KeptBy])
        .to_owned();
    Entity::insert(file.into_active_model())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The files of these sums.
pub(crate) async fn of(conn: &Conn, sums: &[String]) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Sum.is_in(sums))
        .order_by_asc(Column::Sum)
        .all(conn)
        .await?)
}

/// The files of these sums. They are taken: until this transaction ends nobody forgets them.
pub(crate) async fn take(
    conn: &Conn,
    sums: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<Model>, StorageError> {
    Entity::update_many()
        .col_expr(Column::KeptAt, Expr::value(now))
        .filter(Column::Sum.is_in(sums))
        .exec(conn)
        .await?;
    of(conn, sums).await
}

/// Writes down which files a version names, in the place of those that it named.
pub(crate) async fn note_uses(
    conn: &Conn,
    item_id: Uuid,
    version: i64,
    sums: &[String],
) -> Result<(), StorageError> {
    form_use::Entity::delete_many()
        .filter(form_use::Column::ItemId.eq(item_id))
        .filter(form_use::Column::Version.eq(version))
        .exec(conn)
        .await?;
    if sums.is_empty() {
        return Ok(());
    }
    let rows = sums.iter().map(|sum| form_use::Model {
        item_id,
        version,
        sum: sum.clone(),
    });
    form_use::Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Forgets the files that no version names and that nobody has brought or named since `before`.
pub(crate) async fn forget(conn: &Conn, before: DateTime<Utc>) -> Result<u64, StorageError> {
    let named = Query::select()
        .column(form_use::Column::Sum)
        .from(form_use::Entity)
        .to_owned();
    let gone = Entity::delete_many()
        .filter(Column::KeptAt.lt(before))
        .filter(Expr::col(Column::Sum).not_in_subquery(named))
        .exec(conn)
        .await?;
    Ok(gone.rows_affected)
}

/// The items within reach whose working copy or newest version names a file.
pub(crate) async fn users(
    conn: &Conn,
    scope: &Scope,
    sum: &str,
    limit: u64,
) -> Result<Vec<item::Model>, StorageError> {
    let uses = Query::select()
        .column(form_use::Column::ItemId)
        .from(form_use::Entity)
        .and_where(Expr::col(form_use::Column::Sum).eq(sum))
        .and_where(
            Expr::col((form_use::Entity, form_use::Column::Version))
                .eq(0)
                .or(Expr::col((form_use::Entity, form_use::Column::Version))
                    .eq(Expr::col((item::Entity, item::Column::PublishedVersion)))),
        )
        .to_owned();
    Ok(item::Entity::find()
        .filter(within(scope))
        .filter(Expr::col((item::Entity, item::Column::Id)).in_subquery(uses))
        .order_by_asc(item::Column::Code)
        .limit(limit)
        .all(conn)
        .await?)
}
