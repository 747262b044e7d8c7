//! Base items. The catalogue of them is the same for everybody: no scope.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::base_item::{Column, Entity, Model};
use crate::entity::base_item_version;
use crate::model::base_item::BaseStatus;
use crate::store::containing;

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct BaseFilter {
    pub words: String,
    pub status: Option<BaseStatus>,
    pub item_type: Option<String>,
}

impl BaseFilter {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(status) = self.status {
            all = all.add(Column::Status.eq(status.as_str()));
        }
        if let Some(item_type) = &self.item_type {
            all = all.add(Column::ItemType.eq(item_type));
        }
        let words = self.words.trim();
        if !words.is_empty() {
            let code = containing(&words.to_uppercase());
            let any = Condition::any().add(Expr::col(Column::Name).like(containing(words)));
            all = all.add(any.add(Expr::col(Column::Code).like(code)));
        }
        all
    }
}

/// A page by code, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    filter: &BaseFilter,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find().filter(filter.condition());
    if let Some(after) = after {
        query = query.filter(Column::Code.gt(after));
    }
    Ok(query
        .order_by_asc(Column::Code)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// How many there are of each value of a column.
pub(crate) async fn counts(
    conn: &Conn,
    filter: &BaseFilter,
    of: Column,
) -> Result<Vec<(String, i64)>, StorageError> {
    Ok(Entity::find()
        .select_only()
        .column(of)
        .column_as(Column::Id.count(), "n")
        .filter(filter.condition())
        .group_by(of)
        .into_tuple()
        .all(conn)
        .await?)
}

/// One by its code.
pub(crate) async fn by_code(conn: &Conn, code: &str) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .one(conn)
        .await?)
}

/// The same, taken for this transaction: other writers wait.
pub(crate) async fn take(conn: &Conn, code: &str) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// Several by their codes.
pub(crate) async fn by_codes(
    conn: &Conn,
    codes: Vec<String>,
) -> Result<BTreeMap<String, Model>, StorageError> {
    let rows = Entity::find().filter(Column::Code.is_in(codes));
    let rows = rows.all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect())
}

/// Whether anything of a type was ever published.
pub(crate) async fn has_type(conn: &Conn, item_type: &str) -> Result<bool, StorageError> {
    let of_type = Entity::find()
        .filter(Column::ItemType.eq(item_type))
        .filter(Column::Status.ne(BaseStatus::Draft.as_str()));
    Ok(of_type.limit(1).count(conn).await? > 0)
}

/// Adds a base item.
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

/// Adds a version.
pub(crate) async fn add_version(
    conn: &Conn,
    version: base_item_version::Model,
) -> Result<(), StorageError> {
    base_item_version::Entity::insert(version.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The versions, the newest first.
pub(crate) async fn versions(
    conn: &Conn,
    id: Uuid,
) -> Result<Vec<base_item_version::Model>, StorageError> {
    Ok(base_item_version::Entity::find()
        .filter(base_item_version::Column::BaseItemId.eq(id))
        .order_by_desc(base_item_version::Column::Version)
        .all(conn)
        .await?)
}
