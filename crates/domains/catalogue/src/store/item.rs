//! Items as their makers see them: working copies, versions, codes.

use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::item::{ActiveModel, Column, Entity, Model};
use crate::entity::{item_code, item_version};
use crate::model::ItemStatus;
use crate::model::code::{self, CodeKind};
use crate::store::containing;

/// What makes an item hot.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Wanted {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub status: String,
    pub department_code: String,
    pub hot_rank: Option<i32>,
    pub hot_pin: Option<i32>,
    pub hot_count: i64,
}

/// What a list of items is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct ItemFilter {
    pub words: String,
    pub status: Option<ItemStatus>,
    pub department_code: Option<String>,
    pub code: Option<String>,
    /// Only derived ones whose parent has gone on without them.
    pub behind: bool,
}

/// The items within reach, the newest first, behind `after`; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &ItemFilter,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find().filter(within(scope));
    if let Some(status) = filter.status {
        query = query.filter(Column::Status.eq(status.as_str()));
    }
    if let Some(department) = &filter.department_code {
        query = query.filter(Column::DepartmentCode.eq(department));
    }
    if let Some(code) = &filter.code {
        query = query.filter(Column::Code.eq(code));
    }
    let words = filter.words.trim();
    if !words.is_empty() {
        let code = containing(&words.to_uppercase());
        let any = Condition::any().add(Expr::col(Column::Name).like(containing(words)));
        query = query.filter(any.add(Expr::col(Column::Code).like(code)));
    }
    if filter.behind {
        query = query.filter(Column::Id.in_subquery(behind()));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query
        .order_by_desc(Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// The derived items whose parent has a newer version than their working copy was made from, or than
/// what is in force of them was, or is withdrawn.
fn behind() -> SelectStatement {
    let of = |table: &'static str, column: Column| Expr::col((table, column));
    let newest = || of("parent", Column::PublishedVersion);
    let in_force = Condition::all()
        .add(of("child", Column::Status).eq(ItemStatus::Published.as_str()))
        .add(of("child", Column::PublishedDerivedAt).gt(0))
        .add(of("child", Column::PublishedDerivedAt).lt(newest()));
    Query::select()
        .expr(of("child", Column::Id))
        .from_as(Entity, "child")
        .join_as(
            JoinType::InnerJoin,
            Entity,
            "parent",
            of("parent", Column::Id).eq(of("child", Column::ParentId)),
        )
        .cond_where(
            Condition::any()
                .add(of("child", Column::DerivedAt).lt(newest()))
                .add(in_force)
                .add(of("parent", Column::Status).eq(ItemStatus::Withdrawn.as_str())),
        )
        .take()
}

/// The items within reach that are derived from one.
pub(crate) async fn children(
    conn: &Conn,
    scope: &Scope,
    parent: Uuid,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::ParentId.eq(parent))
        .order_by_asc(Column::Code)
        .limit(limit)
        .all(conn)
        .await?)
}

/// How many items within reach are derived from one.
pub(crate) async fn count_children(
    conn: &Conn,
    scope: &Scope,
    parent: Uuid,
) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::ParentId.eq(parent))
        .count(conn)
        .await?)
}

/// An item within reach by any of its codes.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    any_code: &str,
) -> Result<Option<Model>, StorageError> {
    let Some(id) = id_of(conn, any_code).await? else {
        return Ok(None);
    };
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .one(conn)
        .await?)
}

/// The same, taken for this transaction: other writers wait.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    any_code: &str,
) -> Result<Option<Model>, StorageError> {
    let Some(id) = id_of(conn, any_code).await? else {
        return Ok(None);
    };
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// An item that nobody changes until this transaction ends.
pub(crate) async fn hold(conn: &Conn, id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id).lock_shared().one(conn).await?)
}

/// The item that is known by a code.
pub(crate) async fn id_of(conn: &Conn, any_code: &str) -> Result<Option<Uuid>, StorageError> {
    let row = item_code::Entity::find_by_id(code::normal(any_code))
        .one(conn)
        .await?;
    Ok(row.map(|row| row.item_id))
}

/// Which of these codes (in looked-up form) are known, with their items.
pub(crate) async fn known_codes(
    conn: &Conn,
    codes: &[String],
) -> Result<Vec<item_code::Model>, StorageError> {
    let known = item_code::Entity::find().filter(item_code::Column::Code.is_in(codes));
    Ok(known.all(conn).await?)
}

/// Items by id, taken for the transaction where there is one.
pub(crate) async fn by_ids(conn: &Conn, ids: Vec<Uuid>) -> Result<Vec<Model>, StorageError> {
    let items = Entity::find().filter(Column::Id.is_in(ids));
    Ok(held(items, conn).all(conn).await?)
}

/// Items that were described by hand, by name, taken for the transaction where there is one.
pub(crate) async fn described(conn: &Conn, names: &[String]) -> Result<Vec<Model>, StorageError> {
    let query = Entity::find()
        .filter(Column::Imported.eq(false))
        .filter(Column::Name.is_in(names));
    Ok(held(query, conn).all(conn).await?)
}

/// In a transaction the rows are taken for it, always in the same order; a dry run only looks.
fn held(query: Select<Entity>, conn: &Conn) -> Select<Entity> {
    let query = query.order_by_asc(Column::Id);
    match conn {
        Conn::Tx(_) => query.lock_exclusive(),
        Conn::Pool(_) => query,
    }
}

/// Adds items.
pub(crate) async fn insert(conn: &Conn, items: Vec<Model>) -> Result<(), StorageError> {
    if items.is_empty() {
        return Ok(());
    }
    let rows = items.into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows.map(all_set))
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces an item that this transaction has taken.
pub(crate) async fn update(conn: &Conn, item: Model) -> Result<(), StorageError> {
    all_set(item.into_active_model()).update(conn).await?;
    Ok(())
}

/// Sets the place of an item among the hot ones.
pub(crate) async fn set_hot(
    conn: &Conn,
    id: Uuid,
    rank: Option<i32>,
    revision: i64,
) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(id),
        hot_rank: Set(rank),
        revision: Set(revision),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// The items that are hot, pinned or counted, the hot ones first in their order.
pub(crate) async fn wanted(conn: &Conn) -> Result<Vec<Wanted>, StorageError> {
    let any = Condition::any()
        .add(Column::HotRank.is_not_null())
        .add(Column::HotPin.is_not_null())
        .add(Column::HotCount.gt(0));
    let mut found: Vec<Wanted> = Entity::find()
        .filter(any)
        .select_only()
        .columns([
            Column::Id,
            Column::Code,
            Column::Name,
            Column::Status,
            Column::DepartmentCode,
            Column::HotRank,
            Column::HotPin,
            Column::HotCount,
        ])
        .into_model()
        .all(conn)
        .await?;
    found.sort_by_key(|one| (one.hot_rank.is_none(), one.hot_rank, one.id));
    Ok(found)
}

/// Notes which items are pinned in which place, and which no longer.
pub(crate) async fn set_pin(conn: &Conn, id: Uuid, pin: Option<i32>) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(id),
        hot_pin: Set(pin),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// Notes how often an item was applied for.
pub(crate) async fn set_count(conn: &Conn, id: Uuid, count: i64) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(id),
        hot_count: Set(count),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// Replaces the codes an item is known by. Fails with a unique violation where another has one.
pub(crate) async fn name(
    conn: &Conn,
    id: Uuid,
    codes: &[(String, CodeKind)],
) -> Result<(), StorageError> {
    item_code::Entity::delete_many()
        .filter(item_code::Column::ItemId.eq(id))
        .exec(conn)
        .await?;
    add_codes(
        conn,
        codes.iter().map(|(code, kind)| (code.clone(), id, *kind)),
    )
    .await
}

/// Adds codes.
pub(crate) async fn add_codes(
    conn: &Conn,
    codes: impl Iterator<Item = (String, Uuid, CodeKind)>,
) -> Result<(), StorageError> {
    let rows: Vec<_> = codes
        .map(|(code, item_id, kind)| item_code::ActiveModel {
            code: Set(code),
            item_id: Set(item_id),
            kind: Set(kind.as_str().to_owned()),
        })
        .collect();
    if !rows.is_empty() {
        item_code::Entity::insert_many(rows)
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// Adds published versions.
pub(crate) async fn add_versions(
    conn: &Conn,
    versions: Vec<item_version::Model>,
) -> Result<(), StorageError> {
    if versions.is_empty() {
        return Ok(());
    }
    let rows = versions
        .into_iter()
        .map(|version| version.into_active_model().reset_all());
    item_version::Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The versions of an item, the newest first.
pub(crate) async fn versions(
    conn: &Conn,
    id: Uuid,
) -> Result<Vec<item_version::Model>, StorageError> {
    let query = item_version::Entity::find().filter(item_version::Column::ItemId.eq(id));
    Ok(query
        .order_by_desc(item_version::Column::Version)
        .all(conn)
        .await?)
}

/// One version of an item.
pub(crate) async fn version(
    conn: &Conn,
    id: Uuid,
    version: i64,
) -> Result<Option<item_version::Model>, StorageError> {
    Ok(item_version::Entity::find_by_id((id, version))
        .one(conn)
        .await?)
}

/// Marks a version as withdrawn.
pub(crate) async fn withdraw_version(
    conn: &Conn,
    id: Uuid,
    version: i64,
    at: chrono::DateTime<chrono::Utc>,
    reason: &str,
) -> Result<(), StorageError> {
    let row = item_version::ActiveModel {
        item_id: Set(id),
        version: Set(version),
        withdrawn_at: Set(Some(at)),
        withdrawn_reason: Set(reason.to_owned()),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// How many published items of a department can be applied for online.
pub(crate) async fn online_of(conn: &Conn, department: &str) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(Column::Status.eq(ItemStatus::Published.as_str()))
        .filter(Column::DepartmentCode.eq(department))
        .filter(Column::Online.eq(true))
        .count(conn)
        .await?)
}

/// The items within reach that implement base items and are not withdrawn, by base code: those of
/// one, or all behind a place in that order.
pub(crate) async fn based(
    conn: &Conn,
    scope: &Scope,
    base: Option<&str>,
    after: Option<(&str, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find()
        .filter(within(scope))
        .filter(Column::Status.ne(ItemStatus::Withdrawn.as_str()));
    query = match base {
        Some(base) => query.filter(Column::BaseCode.eq(base)),
        None => query.filter(Column::BaseCode.is_not_null()),
    };
    if let Some((code, id)) = after {
        let further = Condition::all()
            .add(Column::BaseCode.eq(code))
            .add(Column::Id.gt(id));
        let behind = Condition::any().add(Column::BaseCode.gt(code)).add(further);
        query = query.filter(behind);
    }
    Ok(query
        .order_by_asc(Column::BaseCode)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(conn)
        .await?)
}

/// How many items within reach implement each of these base items.
pub(crate) async fn count_based(
    conn: &Conn,
    scope: &Scope,
    bases: Vec<String>,
) -> Result<Vec<(String, i64)>, StorageError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::BaseCode)
        .column_as(Column::Id.count(), "n")
        .filter(within(scope))
        .filter(Column::Status.ne(ItemStatus::Withdrawn.as_str()))
        .filter(Column::BaseCode.is_in(bases))
        .group_by(Column::BaseCode)
        .into_tuple()
        .all(conn)
        .await?)
}

/// How many items are published, and how many of them can be applied for online.
pub(crate) async fn count_published(conn: &Conn) -> Result<(u64, u64), StorageError> {
    let published = || Entity::find().filter(Column::Status.eq(ItemStatus::Published.as_str()));
    let all = published().count(conn).await?;
    let online = published()
        .filter(Column::Online.eq(true))
        .count(conn)
        .await?;
    Ok((all, online))
}

pub(super) fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        // Nobody owns an item.
        Scope::Own(_) => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// Every column counts as changed, so that a read row is written as a whole.
fn all_set(item: ActiveModel) -> ActiveModel {
    item.reset_all()
}
