//! Archiving: what waits for it, hand-over lists with their entries, places in the fonds, settings.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DerivePartialModel, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use super::case;
use crate::entity::case::{Column, Entity};
use crate::entity::{
    archive_entry as entry, archive_fonds as fonds, archive_list as list, archive_place as place,
    archive_rule as rule, archive_serial as serial,
};
use crate::model::archive::{EntryState, ListState};
use crate::model::commitment::CheckStage;
use crate::model::fee::FeeStage;
use crate::model::state::State;

/// Which of the cases that wait are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Ended from the first moment on, before the second.
    pub ended: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Of these items; of all where absent.
    pub items: Option<Vec<String>>,
    /// These cases alone, where any are named.
    pub ids: Option<Vec<Uuid>>,
}

/// A case that waits for its archiving.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub(crate) struct Waiting {
    pub id: Uuid,
    pub number: String,
    pub region: String,
    pub item_code: String,
    pub item_version: i64,
    pub item_name: String,
    pub state: String,
    pub result: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Cases of an item that wait.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct WaitingItem {
    pub item_code: String,
    pub item_name: String,
    pub item_version: i64,
    pub cases: i64,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
}

/// Nothing can change the case any more but what the applicant does by himself: it is at an end, its
/// result has reached him, and no check of a promise, order of supervision, letter or fee is open.
fn settled() -> Condition {
    let handed_out = Condition::any()
        .add(Column::State.ne(State::Closed.as_str()))
        .add(Column::Result.is_null());
    let checked = Condition::any()
        .add(Column::CheckStage.is_null())
        .add(Column::CheckStage.is_not_in(CheckStage::OPEN.map(CheckStage::as_str)));
    let charged = Condition::any()
        .add(Column::FeeStage.is_null())
        .add(Column::FeeStage.is_not_in(FeeStage::OPEN.map(FeeStage::as_str)));
    Condition::all()
        .add(Column::EndedAt.is_not_null())
        .add(handed_out)
        .add(checked)
        .add(charged)
        .add(Column::OpenOrders.eq(0))
        .add(Column::LetterSince.is_null())
}

/// Settled, and in no list. Asked for each case by itself: the lists of all time are too many for a set.
fn waits(scope: &Scope, wanted: &Wanted) -> Condition {
    let of_case = Expr::col((entry::Entity, entry::Column::CaseId));
    let listed = Query::select()
        .expr(Expr::val(1))
        .from(entry::Entity)
        .and_where(of_case.equals((Entity, Column::Id)))
        .and_where(Expr::col((entry::Entity, entry::Column::Live)))
        .to_owned();
    let ended = wanted.ended.map(|(from, until)| {
        Condition::all()
            .add(Column::EndedAt.gte(from))
            .add(Column::EndedAt.lt(until))
    });
    case::within(scope)
        .add(settled())
        .add(Expr::exists(listed).not())
        .add_option(ended)
        .add_option(
            wanted
                .items
                .as_ref()
                .map(|codes| Column::ItemCode.is_in(codes.iter().map(String::as_str))),
        )
        .add_option(
            wanted
                .ids
                .as_ref()
                .map(|ids| Column::Id.is_in(ids.iter().copied())),
        )
}

/// Cases that wait, the oldest end first, behind a place.
pub(crate) async fn waiting(
    conn: &Conn,
    scope: &Scope,
    wanted: &Wanted,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Waiting>, StorageError> {
    let behind = after.map(|(ended_at, id)| {
        let same = Condition::all()
            .add(Column::EndedAt.eq(ended_at))
            .add(Column::Id.gt(id));
        Condition::any().add(Column::EndedAt.gt(ended_at)).add(same)
    });
    let rows = Entity::find()
        .filter(waits(scope, wanted).add_option(behind))
        .order_by(Column::EndedAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit)
        .into_partial_model::<Waiting>();
    Ok(rows.all(conn).await?)
}

/// The items whose cases wait, by name.
pub(crate) async fn waiting_items(
    conn: &Conn,
    scope: &Scope,
) -> Result<Vec<WaitingItem>, StorageError> {
    let rows = Entity::find()
        .select_only()
        .column(Column::ItemCode)
        .column_as(Column::ItemName.max(), "item_name")
        .column_as(Column::ItemVersion.max(), "item_version")
        .column_as(Column::Id.count(), "cases")
        .column_as(Column::EndedAt.min(), "first")
        .column_as(Column::EndedAt.max(), "last")
        .filter(waits(scope, &Wanted::default()))
        .group_by(Column::ItemCode)
        .order_by(Column::ItemCode, Order::Asc)
        .into_model::<WaitingItem>();
    Ok(rows.all(conn).await?)
}

/// Whether a case is settled still.
pub(crate) async fn is_settled(conn: &Conn, id: Uuid) -> Result<bool, StorageError> {
    let found: Option<Uuid> = Entity::find_by_id(id)
        .select_only()
        .column(Column::Id)
        .filter(settled())
        .into_tuple()
        .one(conn)
        .await?;
    Ok(found.is_some())
}

/// The place of each of these cases that has one.
pub(crate) async fn places(
    conn: &Conn,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, place::Model>, StorageError> {
    let rows = place::Entity::find()
        .filter(place::Column::CaseId.is_in(cases.iter().copied()))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.case_id, row)).collect())
}

/// Gives a case the next place of its fonds and year. The serial is held until the end of the
/// transaction, so that a year has no gaps.
pub(crate) async fn give_place(
    conn: &Conn,
    case_id: Uuid,
    fonds: &str,
    year: i32,
) -> Result<place::Model, StorageError> {
    let first = serial::ActiveModel {
        fonds: Set(fonds.to_owned()),
        year: Set(year),
        last: Set(1),
    };
    let next = Expr::col((serial::Entity, serial::Column::Last)).add(1);
    let given = serial::Entity::insert(first)
        .on_conflict(
            OnConflict::columns([serial::Column::Fonds, serial::Column::Year])
                .value(serial::Column::Last, next)
                .to_owned(),
        )
        .exec_with_returning(conn)
        .await?;
    let row = place::Model {
        case_id,
        fonds: fonds.to_owned(),
        year,
        serial: given.last,
    };
    place::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(row)
}

fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(list::Column::DepartmentId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(list::Column::Region, region)),
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// Writes a new list with its entries.
pub(crate) async fn insert(
    conn: &Conn,
    row: list::Model,
    entries: Vec<entry::Model>,
) -> Result<(), StorageError> {
    list::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    let rows = entries
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    entry::Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A list within reach.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<list::Model>, StorageError> {
    let query = list::Entity::find_by_id(id).filter(within(scope));
    Ok(query.one(conn).await?)
}

/// The same, kept from other writers until the end of the transaction.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<list::Model>, StorageError> {
    let query = list::Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Lists within reach in some states, the newest first; one more than `limit` where there are more.
pub(crate) async fn lists(
    conn: &Conn,
    scope: &Scope,
    states: &[ListState],
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<list::Model>, StorageError> {
    let mut query = list::Entity::find().filter(within(scope));
    if !states.is_empty() {
        let words = states.iter().map(|state| state.as_str());
        query = query.filter(list::Column::State.is_in(words));
    }
    if let Some(before) = before {
        query = query.filter(list::Column::Id.lt(before));
    }
    let rows = query
        .order_by(list::Column::Id, Order::Desc)
        .limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// Writes a list anew.
pub(crate) async fn update(conn: &Conn, row: list::Model) -> Result<(), StorageError> {
    let id = row.id;
    list::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(list::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// The entries of lists, in their order.
pub(crate) async fn entries(
    conn: &Conn,
    lists: &[Uuid],
) -> Result<Vec<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ListId.is_in(lists.iter().copied()))
        .order_by(entry::Column::ListId, Order::Asc)
        .order_by(entry::Column::Seq, Order::Asc)
        .all(conn)
        .await?)
}

/// An entry.
pub(crate) async fn entry(conn: &Conn, id: Uuid) -> Result<Option<entry::Model>, StorageError> {
    Ok(entry::Entity::find_by_id(id).one(conn).await?)
}

/// The entry that a case is in now.
pub(crate) async fn of_case(
    conn: &Conn,
    case_id: Uuid,
) -> Result<Option<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::CaseId.eq(case_id))
        .filter(Expr::col(entry::Column::Live))
        .one(conn)
        .await?)
}

/// The next entry of a list that has to be packed, or whose package has to be checked.
pub(crate) async fn next(
    conn: &Conn,
    list_id: Uuid,
    state: EntryState,
) -> Result<Option<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ListId.eq(list_id))
        .filter(Expr::col(entry::Column::Live))
        .filter(entry::Column::State.eq(state.as_str()))
        .filter(entry::Column::CheckedAt.is_null())
        .order_by(entry::Column::Seq, Order::Asc)
        .one(conn)
        .await?)
}

/// The entries of a list whose cases have left it.
pub(crate) async fn left(conn: &Conn, list_id: Uuid) -> Result<Vec<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ListId.eq(list_id))
        .filter(Expr::col(entry::Column::Live).not())
        .all(conn)
        .await?)
}

/// Whether a case is in a list now.
pub(crate) async fn is_listed(conn: &Conn, case_id: Uuid) -> Result<bool, StorageError> {
    let live = entry::Entity::find()
        .filter(entry::Column::CaseId.eq(case_id))
        .filter(Expr::col(entry::Column::Live));
    Ok(live.one(conn).await?.is_some())
}

/// Writes an entry anew, if it is still as it was read; whether it was.
pub(crate) async fn settle(
    conn: &Conn,
    was: EntryState,
    row: entry::Model,
) -> Result<bool, StorageError> {
    let id = row.id;
    let update = entry::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(entry::Column::Id.eq(id))
        .filter(Expr::col(entry::Column::Live))
        .filter(entry::Column::State.eq(was.as_str()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Versions of cases.
pub(crate) async fn versions(
    conn: &Conn,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, i64>, StorageError> {
    let rows: Vec<(Uuid, i64)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Version)
        .filter(Column::Id.is_in(cases.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How a department names what it archives.
pub(crate) async fn fonds(
    conn: &Conn,
    department: Uuid,
) -> Result<Option<fonds::Model>, StorageError> {
    Ok(fonds::Entity::find_by_id(department).one(conn).await?)
}

/// Writes it, over the version before it; whether that was still there.
pub(crate) async fn keep_fonds(conn: &Conn, row: fonds::Model) -> Result<bool, StorageError> {
    let before = Expr::col((fonds::Entity, fonds::Column::Version)).eq(row.version - 1);
    let all = [
        fonds::Column::Fonds,
        fonds::Column::Category,
        fonds::Column::Pattern,
        fonds::Column::ChangedBy,
        fonds::Column::ChangedAt,
        fonds::Column::Version,
    ];
    let kept = fonds::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(fonds::Column::DepartmentId)
                .update_columns(all)
                .action_and_where(before)
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(kept == 1)
}

/// The rules of a department, by subject.
pub(crate) async fn rules(conn: &Conn, department: Uuid) -> Result<Vec<rule::Model>, StorageError> {
    Ok(rule::Entity::find()
        .filter(rule::Column::DepartmentId.eq(department))
        .order_by(rule::Column::Subject, Order::Asc)
        .all(conn)
        .await?)
}

/// Writes a rule, over the version before it; whether that was still there.
pub(crate) async fn keep_rule(conn: &Conn, row: rule::Model) -> Result<bool, StorageError> {
    let before = Expr::col((rule::Entity, rule::Column::Version)).eq(row.version - 1);
    let key = [rule::Column::DepartmentId, rule::Column::Subject];
    let all = [
        rule::Column::Retention,
        rule::Column::Basis,
        rule::Column::ChangedBy,
        rule::Column::ChangedAt,
        rule::Column::Version,
    ];
    let over = OnConflict::columns(key)
        .update_columns(all)
        .action_and_where(before)
        .to_owned();
    let kept = rule::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(over)
        .exec_without_returning(conn)
        .await?;
    Ok(kept == 1)
}

/// Removes a rule; whether there was one.
pub(crate) async fn remove_rule(
    conn: &Conn,
    department: Uuid,
    subject: &str,
) -> Result<bool, StorageError> {
    let gone = rule::Entity::delete_many()
        .filter(rule::Column::DepartmentId.eq(department))
        .filter(rule::Column::Subject.eq(subject))
        .exec(conn)
        .await?;
    Ok(gone.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, EntityTrait, QueryFilter, QueryTrait};
    use tb_kernel::Scope;

    use super::{Entity, Wanted, waits};

    #[test]
    fn each_case_is_looked_up_among_the_listed_by_itself() {
        let query = Entity::find().filter(waits(&Scope::Everything, &Wanted::default()));
        let sql = query.build(DbBackend::Postgres).to_string();
        assert!(
            sql.contains("NOT EXISTS") || sql.contains("NOT (EXISTS"),
            "{sql}"
        );
        assert!(!sql.contains("NOT IN (SELECT"), "{sql}");
    }
}
