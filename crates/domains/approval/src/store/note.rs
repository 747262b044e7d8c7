//! Notes of the office, and whom they name.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, Order, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::note::{Column, Entity, Model};
use crate::entity::{case, mention};
use crate::model::event::StaffRef;

/// The notes of a case, the newest first; one row more than `limit` where there are more.
pub(crate) async fn of_case(
    conn: &Conn,
    case_id: Uuid,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .filter(Condition::all().add_option(before.map(|id| Column::Id.lt(id))))
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Whom notes name.
pub(crate) async fn mentions(
    conn: &Conn,
    notes: &[Uuid],
) -> Result<Vec<mention::Model>, StorageError> {
    Ok(mention::Entity::find()
        .filter(mention::Column::NoteId.is_in(notes.iter().copied()))
        .order_by(mention::Column::Name, Order::Asc)
        .all(conn)
        .await?)
}

/// A note of a case, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    case_id: Uuid,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(Column::CaseId.eq(case_id));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Writes a note with whom it names.
pub(crate) async fn insert(
    conn: &Conn,
    note: Model,
    named: Vec<mention::Model>,
) -> Result<(), StorageError> {
    Entity::insert(note.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    if !named.is_empty() {
        let rows = named
            .into_iter()
            .map(|one| one.into_active_model().reset_all());
        mention::Entity::insert_many(rows)
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// Empties a note that its author takes back; nobody need look at it any more.
pub(crate) async fn empty(conn: &Conn, note: Model) -> Result<(), StorageError> {
    let id = note.id;
    Entity::update_many()
        .set(note.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    mention::Entity::delete_many()
        .filter(mention::Column::NoteId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that somebody has seen where notes of a case name him; says for how many.
pub(crate) async fn see(
    conn: &Conn,
    case_id: Uuid,
    account: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let seen = mention::Entity::update_many()
        .col_expr(
            mention::Column::ReadAt,
            sea_orm::sea_query::Expr::value(now),
        )
        .filter(mention::Column::AccountId.eq(account))
        .filter(mention::Column::CaseId.eq(case_id))
        .filter(mention::Column::ReadAt.is_null())
        .exec(conn)
        .await?;
    Ok(seen.rows_affected)
}

/// Names somebody else too where notes of a case name an account that has not looked yet.
pub(crate) async fn pass_on(
    conn: &Conn,
    case_id: Uuid,
    from: Uuid,
    to: &StaffRef,
) -> Result<(), StorageError> {
    let unseen = mention::Entity::find()
        .filter(mention::Column::AccountId.eq(from))
        .filter(mention::Column::CaseId.eq(case_id))
        .filter(mention::Column::ReadAt.is_null())
        .all(conn)
        .await?;
    for mention in unseen {
        let row = mention::Model {
            account_id: to.id,
            name: to.name.clone(),
            ..mention
        };
        let both = [mention::Column::NoteId, mention::Column::AccountId];
        mention::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(OnConflict::columns(both).do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// The cases whose notes name somebody who has not looked yet.
pub(crate) fn naming(account: Uuid) -> SelectStatement {
    Query::select()
        .column(mention::Column::CaseId)
        .from(mention::Entity)
        .and_where(mention::Column::AccountId.eq(account))
        .and_where(mention::Column::ReadAt.is_null())
        .to_owned()
}

/// Cases with unread notes that are counted; nobody has more to look at.
const MOST_COUNTED: u64 = 1_000;

/// How many those are, within reach.
pub(crate) async fn count_naming(
    conn: &Conn,
    among: Condition,
    account: Uuid,
) -> Result<u64, StorageError> {
    // From the few notes to their cases: the other way round every case of a department is read.
    let unread: Vec<Uuid> = mention::Entity::find()
        .select_only()
        .column(mention::Column::CaseId)
        .filter(mention::Column::AccountId.eq(account))
        .filter(mention::Column::ReadAt.is_null())
        .distinct()
        .limit(MOST_COUNTED)
        .into_tuple()
        .all(conn)
        .await?;
    if unread.is_empty() {
        return Ok(0);
    }
    Ok(case::Entity::find()
        .filter(among)
        .filter(case::Column::Id.is_in(unread))
        .count(conn)
        .await?)
}
