//! Hand-over lists between counters and offices, what waits for one, and results that lie at a counter.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DerivePartialModel, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use tb_storage::{Conn, Sealer, StorageError};
use uuid::Uuid;

use super::list::matching;
use crate::entity::case::{self, Column, Entity};
use crate::entity::{relay_entry as entry, relay_list as list};
use crate::model::relay::{RelayEntryState, RelayState, RelayWhat, ResultAt, is_for_office};
use crate::model::state::State;
use crate::model::words::Word;

/// A case whose papers or result wait to be handed over.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub(crate) struct Waiting {
    pub id: Uuid,
    pub number: String,
    pub item_name: String,
    pub department_code: String,
    pub state: String,
    pub counter_id: Option<Uuid>,
    pub counter_papers: i32,
    pub submitted_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// What waits in a department: papers at its counter, or results of its cases; with `number`, any
/// closed case of it whose number begins so. The conditions of the partial indexes stand there as
/// words, not as arguments.
fn waits(what: RelayWhat, department: Uuid, number: &str) -> Condition {
    let all = Condition::all();
    match what {
        RelayWhat::Papers => {
            let stays = State::ALL.iter().filter(|state| !is_for_office(**state));
            all.add(Column::CounterId.eq(department))
                .add(Expr::col(Column::CounterPapers).gt(Expr::cust("0")))
                .add(Column::State.is_not_in(stays.map(|state| state.as_str())))
        }
        RelayWhat::Results if number.is_empty() => all
            .add(Column::DepartmentId.eq(department))
            .add(Expr::col(Column::ResultAt).eq(Expr::cust("'waits'"))),
        RelayWhat::Results => all
            .add(Column::Number.starts_with(number))
            .add(Column::DepartmentId.eq(department))
            .add(Column::State.eq(State::Closed.as_str()))
            .add(Column::Result.is_not_null())
            .add(Column::RevokedAt.is_null())
            .add(
                Condition::any()
                    .add(Column::ResultAt.is_null())
                    .add(Column::ResultAt.eq(ResultAt::Waits.as_str())),
            ),
    }
}

/// Cases that wait, the oldest first, behind one of them; one more than `limit` where there are more.
pub(crate) async fn waiting(
    conn: &Conn,
    what: RelayWhat,
    (department, number): (Uuid, &str),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Waiting>, StorageError> {
    let rows = Entity::find()
        .filter(waits(what, department, number))
        .filter(Condition::all().add_option(after.map(|id| Column::Id.gt(id))))
        .order_by(Column::Id, Order::Asc)
        .limit(limit + 1)
        .into_partial_model::<Waiting>();
    Ok(rows.all(conn).await?)
}

/// How many wait.
pub(crate) async fn count_waiting(
    conn: &Conn,
    what: RelayWhat,
    department: Uuid,
) -> Result<u64, StorageError> {
    let rows = Entity::find().filter(waits(what, department, ""));
    Ok(rows.count(conn).await?)
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

/// Those that a department sent or is sent.
fn of_side(department: Uuid) -> Condition {
    Condition::any()
        .add(list::Column::FromId.eq(department))
        .add(list::Column::ToId.eq(department))
}

/// A list of one's department, on either side.
pub(crate) async fn find(
    conn: &Conn,
    department: Uuid,
    id: Uuid,
) -> Result<Option<list::Model>, StorageError> {
    let query = list::Entity::find_by_id(id).filter(of_side(department));
    Ok(query.one(conn).await?)
}

/// The same, kept from other writers until the end of the transaction.
pub(crate) async fn take(
    conn: &Conn,
    department: Uuid,
    id: Uuid,
) -> Result<Option<list::Model>, StorageError> {
    let query = list::Entity::find_by_id(id).filter(of_side(department));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// Lists that a department has sent (`sent`) or is sent, the newest first; one more than `limit` where
/// there are more.
pub(crate) async fn lists(
    conn: &Conn,
    department: Uuid,
    sent: bool,
    state: Option<RelayState>,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<list::Model>, StorageError> {
    let side = if sent {
        list::Column::FromId
    } else {
        list::Column::ToId
    };
    let more = Condition::all()
        .add_option(state.map(|state| list::Column::State.eq(state.as_str())))
        .add_option(before.map(|id| list::Column::Id.lt(id)));
    let rows = list::Entity::find()
        .filter(side.eq(department))
        .filter(more)
        .order_by(list::Column::Id, Order::Desc)
        .limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// How many lists a department has yet to receive.
pub(crate) async fn count_incoming(conn: &Conn, department: Uuid) -> Result<u64, StorageError> {
    let rows = list::Entity::find()
        .filter(list::Column::ToId.eq(department))
        .filter(list::Column::State.eq(RelayState::UnderWay.as_str()));
    Ok(rows.count(conn).await?)
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

/// Lists by their ids.
pub(crate) async fn of_ids(conn: &Conn, ids: Vec<Uuid>) -> Result<Vec<list::Model>, StorageError> {
    Ok(list::Entity::find()
        .filter(list::Column::Id.is_in(ids))
        .all(conn)
        .await?)
}

/// The entries of a list, in their order.
pub(crate) async fn entries(conn: &Conn, list_id: Uuid) -> Result<Vec<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::ListId.eq(list_id))
        .order_by(entry::Column::Seq, Order::Asc)
        .all(conn)
        .await?)
}

/// An entry.
pub(crate) async fn entry(conn: &Conn, id: Uuid) -> Result<Option<entry::Model>, StorageError> {
    Ok(entry::Entity::find_by_id(id).one(conn).await?)
}

/// Every entry of a case, the oldest first.
pub(crate) async fn of_case(conn: &Conn, case_id: Uuid) -> Result<Vec<entry::Model>, StorageError> {
    Ok(entry::Entity::find()
        .filter(entry::Column::CaseId.eq(case_id))
        .order_by(entry::Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// Writes an entry anew.
pub(crate) async fn update_entry(conn: &Conn, row: entry::Model) -> Result<(), StorageError> {
    let id = row.id;
    entry::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(entry::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

fn on_shelf(counter: Uuid) -> Condition {
    // The partial index is asked for by the word itself, not by an argument.
    Condition::all()
        .add(entry::Column::ToId.eq(counter))
        .add(Expr::col(entry::Column::State).eq(Expr::cust("'shelved'")))
}

/// Results that lie at a counter, the oldest first, behind one of them; `q`: place, or what finds the
/// case. One more than `limit` where there are more.
pub(crate) async fn shelf(
    conn: &Conn,
    sealer: &Sealer,
    counter: Uuid,
    q: &str,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(entry::Model, case::Model)>, StorageError> {
    let mut query = entry::Entity::find().filter(on_shelf(counter));
    if !q.is_empty() {
        // Asked row by row of the shelf, which is short: the cases are many.
        let its_case = Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(
                Expr::col((Entity, Column::Id)).equals((entry::Entity, entry::Column::CaseId)),
            )
            .cond_where(matching(sealer, q))
            .to_owned();
        let found = Condition::any()
            .add(entry::Column::Place.eq(q))
            .add(Expr::exists(its_case));
        query = query.filter(found);
    }
    let rows = query
        .filter(Condition::all().add_option(after.map(|id| entry::Column::Id.gt(id))))
        .order_by(entry::Column::Id, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.case_id).collect();
    let mut cases = super::case::many(conn, &tb_kernel::Scope::Everything, &ids).await?;
    let with_case = rows.into_iter().filter_map(|row| {
        let at = cases.iter().position(|case| case.id == row.case_id)?;
        Some((row, cases.swap_remove(at)))
    });
    Ok(with_case.collect())
}

/// How many results lie at a counter.
pub(crate) async fn count_shelf(conn: &Conn, counter: Uuid) -> Result<u64, StorageError> {
    let rows = entry::Entity::find().filter(on_shelf(counter));
    Ok(rows.count(conn).await?)
}

/// A result of a counter's shelf, there or handed out.
pub(crate) async fn shelved(
    conn: &Conn,
    counter: Uuid,
    id: Uuid,
) -> Result<Option<entry::Model>, StorageError> {
    let known = [RelayEntryState::Shelved, RelayEntryState::HandedOut];
    Ok(entry::Entity::find_by_id(id)
        .filter(entry::Column::ToId.eq(counter))
        .filter(entry::Column::State.is_in(known.map(RelayEntryState::as_str)))
        .one(conn)
        .await?)
}

/// The result of a case has reached the applicant: it lies at no counter any more. `how`: by the
/// counter's hand or by the office's.
pub(crate) async fn leave_shelf(
    conn: &Conn,
    case_id: Uuid,
    how: RelayEntryState,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let there = [RelayEntryState::Shelved, RelayEntryState::Collected];
    entry::Entity::update_many()
        .col_expr(entry::Column::State, Expr::value(how.as_str()))
        .col_expr(entry::Column::LeftAt, Expr::value(now))
        .filter(entry::Column::CaseId.eq(case_id))
        .filter(Expr::col(entry::Column::Live))
        .filter(entry::Column::What.eq(RelayWhat::Results.as_str()))
        .filter(entry::Column::State.is_in(there.map(RelayEntryState::as_str)))
        .exec(conn)
        .await?;
    Ok(())
}
