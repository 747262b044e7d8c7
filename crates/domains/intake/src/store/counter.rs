//! What counters take in, and what they may.

use sea_orm::sea_query::{Expr, LikeExpr, OnConflict, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Region;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

pub(crate) use crate::entity::counter_entry::Model as Entry;
pub(crate) use crate::entity::counter_item::Model as CounterItemRow;
pub(crate) use crate::entity::counter_place::Model as CounterPlace;
use crate::entity::{counter_entry, counter_item, counter_place};

type Result<T> = std::result::Result<T, StorageError>;

/// What a counter may take in: its own department's items, those that the comprehensive counter takes in
/// for all departments of a region, and those of other divisions that let it (异地代收).
#[derive(Clone, Debug)]
pub(crate) struct Takes {
    /// Credit code of the counter's own department.
    pub department_code: String,
    /// Region of the comprehensive counter.
    pub comprehensive: Option<Region>,
}

impl Takes {
    /// Whether an item belongs to another division than the counter's.
    pub fn is_elsewhere(&self, row: &CounterItemRow) -> bool {
        let here = |region: &Region| row.region.starts_with(region.as_str());
        row.department_code != self.department_code
            && !self.comprehensive.as_ref().is_some_and(here)
    }
}

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// Those of the counter's own division and department.
    Here,
    /// Those of other divisions.
    Elsewhere,
}

/// The applications of a counter.
pub(crate) fn of_counter(department_id: Uuid) -> SelectStatement {
    Query::select()
        .column(counter_entry::Column::ApplicationId)
        .from(counter_entry::Entity)
        .and_where(counter_entry::Column::DepartmentId.eq(department_id))
        .to_owned()
}

/// The entry of an application.
pub(crate) async fn find(conn: &Conn, application_id: Uuid) -> Result<Option<Entry>> {
    Ok(counter_entry::Entity::find_by_id(application_id)
        .one(conn)
        .await?)
}

/// The entry of an application of a counter.
pub(crate) async fn find_of(
    conn: &Conn,
    department_id: Uuid,
    application_id: Uuid,
) -> Result<Option<Entry>> {
    Ok(counter_entry::Entity::find_by_id(application_id)
        .filter(counter_entry::Column::DepartmentId.eq(department_id))
        .one(conn)
        .await?)
}

/// The drafts of a counter, or what it has handed in, newest first, one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    department_id: Uuid,
    handed: bool,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Entry>> {
    let at = counter_entry::Column::HandedAt;
    let mut query = counter_entry::Entity::find()
        .filter(counter_entry::Column::DepartmentId.eq(department_id))
        .filter(if handed {
            at.is_not_null()
        } else {
            at.is_null()
        });
    if let Some(id) = before {
        query = query.filter(counter_entry::Column::ApplicationId.lt(id));
    }
    Ok(query
        .order_by_desc(counter_entry::Column::ApplicationId)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Entry) -> Result<()> {
    counter_entry::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes all of it anew.
pub(crate) async fn save(conn: &Conn, row: Entry) -> Result<()> {
    let id = row.application_id;
    counter_entry::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(counter_entry::Column::ApplicationId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes the entry of a deleted draft away.
pub(crate) async fn delete(conn: &Conn, application_id: Uuid) -> Result<()> {
    counter_entry::Entity::delete_by_id(application_id)
        .exec(conn)
        .await?;
    Ok(())
}

/// Applications that were handed in for somebody who had no account then.
pub(crate) async fn unclaimed(conn: &Conn, owner_bidx: &[u8]) -> Result<Vec<Uuid>> {
    let query = counter_entry::Entity::find()
        .select_only()
        .column(counter_entry::Column::ApplicationId)
        .filter(counter_entry::Column::OwnerBidx.eq(owner_bidx.to_vec()))
        .filter(counter_entry::Column::Claimed.eq(false))
        .filter(counter_entry::Column::HandedAt.is_not_null());
    Ok(query.into_tuple().all(conn).await?)
}

/// Marks them as found by their owner.
pub(crate) async fn claim(conn: &Conn, ids: Vec<Uuid>) -> Result<()> {
    counter_entry::Entity::update_many()
        .col_expr(counter_entry::Column::Claimed, Expr::value(true))
        .filter(counter_entry::Column::ApplicationId.is_in(ids))
        .exec(conn)
        .await?;
    Ok(())
}

/// Items that a counter may take in, by code; those whose name or office contains `words`.
pub(crate) async fn items(
    conn: &Conn,
    (takes, belongs): (&Takes, Belongs),
    words: &str,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<CounterItemRow>> {
    let mut query = counter_item::Entity::find().filter(may_take(takes, belongs));
    for word in words.split_whitespace() {
        let like = || containing(word);
        query = query.filter(
            Condition::any()
                .add(counter_item::Column::Name.like(like()))
                .add(counter_item::Column::DepartmentName.like(like()))
                .add(counter_item::Column::Code.eq(word)),
        );
    }
    if let Some(code) = after {
        query = query.filter(counter_item::Column::Code.gt(code));
    }
    Ok(query
        .order_by_asc(counter_item::Column::Code)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// One that the counter may take in.
pub(crate) async fn item(conn: &Conn, takes: &Takes, code: &str) -> Result<Option<CounterItemRow>> {
    let either = Condition::any()
        .add(may_take(takes, Belongs::Here))
        .add(may_take(takes, Belongs::Elsewhere));
    Ok(counter_item::Entity::find()
        .filter(either)
        .filter(counter_item::Column::Code.eq(code))
        .one(conn)
        .await?)
}

/// One that some counter takes in.
pub(crate) async fn any_item(conn: &Conn, code: &str) -> Result<Option<CounterItemRow>> {
    let query = counter_item::Entity::find_by_id(code.to_owned());
    Ok(query.one(conn).await?)
}

fn may_take(takes: &Takes, belongs: Belongs) -> Condition {
    match belongs {
        Belongs::Here => here(takes),
        Belongs::Elsewhere => elsewhere(takes),
    }
}

fn here(takes: &Takes) -> Condition {
    let own = counter_item::Column::DepartmentCode.eq(takes.department_code.as_str());
    let mut any = Condition::any().add(own);
    if let Some(region) = &takes.comprehensive {
        any = any.add(
            Condition::all()
                .add(counter_item::Column::Comprehensive.eq(true))
                .add(lies_in(counter_item::Column::Region, region)),
        );
    }
    any
}

/// Items of other divisions that name the counter's, or one that it lies in.
fn elsewhere(takes: &Takes) -> Condition {
    let Some(region) = &takes.comprehensive else {
        return Condition::any().add(counter_item::Column::Code.is_null());
    };
    let path = region.path();
    let wider = std::iter::once("").chain(path.split('/'));
    let named = Query::select()
        .column(counter_place::Column::Code)
        .from(counter_place::Entity)
        .and_where(counter_place::Column::Division.is_in(wider))
        .to_owned();
    Condition::all()
        .add(counter_item::Column::Code.in_subquery(named))
        .add(counter_item::Column::DepartmentCode.ne(takes.department_code.as_str()))
        .add(lies_in(counter_item::Column::Region, region).not())
}

/// Keeps the newest version of what counters take in, with the places elsewhere where they do.
pub(crate) async fn keep_item(
    conn: &Conn,
    row: CounterItemRow,
    places: Vec<CounterPlace>,
) -> Result<()> {
    forget_item(conn, &row.code, row.version).await?;
    for place in places {
        counter_place::Entity::insert(place.into_active_model().reset_all())
            .exec_without_returning(conn)
            .await?;
    }
    counter_item::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(counter_item::Column::Code)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Takes an item away, up to a version.
pub(crate) async fn forget_item(conn: &Conn, code: &str, version: i64) -> Result<()> {
    counter_item::Entity::delete_many()
        .filter(counter_item::Column::Code.eq(code))
        .filter(counter_item::Column::Version.lte(version))
        .exec(conn)
        .await?;
    counter_place::Entity::delete_many()
        .filter(counter_place::Column::Code.eq(code))
        .filter(counter_place::Column::Version.lte(version))
        .exec(conn)
        .await?;
    Ok(())
}

/// A pattern for texts that contain a word as it stands.
fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
