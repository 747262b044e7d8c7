//! Cases one by one.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, Tracked, lies_in};
use uuid::Uuid;

use super::list::open;
use crate::entity::case::{self, Column, Entity, Model};
use crate::model::state::State;
use crate::model::words::Word;

/// The rows within reach.
pub(crate) fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(Column::Region, region)),
        // Applicants see their cases through intake.
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// A case within reach.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(within(scope))
        .one(conn)
        .await?)
}

/// A case within reach, kept from other writers until the end of the transaction.
pub(crate) async fn find_for_change(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Tracked<Model>>, StorageError> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Cases by their ids, within reach.
pub(crate) async fn many(
    conn: &Conn,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(conn)
        .await?)
}

/// Whose cases these numbers are: number, id, department and region, over all departments.
pub(crate) async fn owners(
    conn: &Conn,
    numbers: &[&str],
) -> Result<Vec<(String, Uuid, Uuid, String)>, StorageError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Number)
        .column(Column::Id)
        .column(Column::DepartmentId)
        .column(Column::Region)
        .filter(Column::Number.is_in(numbers.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?)
}

/// What tells which commands a case may take, as far as it is not sealed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stand {
    /// State.
    pub state: String,
    /// Item.
    pub item_code: String,
    /// Its version.
    pub item_version: i64,
    /// Step.
    pub step_index: i32,
    /// Whether a withdrawal waits.
    pub withdrawal_pending: bool,
    /// Decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Department.
    pub department_id: Uuid,
    /// Region.
    pub region: String,
    /// For what a promise stands.
    pub commitment: Option<String>,
}

type StandRow = (
    String,
    String,
    i64,
    i32,
    bool,
    Option<DateTime<Utc>>,
    Uuid,
    String,
    Option<String>,
);

/// Where cases within reach stand.
pub(crate) async fn stands(
    conn: &Conn,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<Vec<Stand>, StorageError> {
    let rows: Vec<StandRow> = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::ItemCode)
        .column(Column::ItemVersion)
        .column(Column::StepIndex)
        .column(Column::WithdrawalPending)
        .column(Column::DecidedAt)
        .column(Column::DepartmentId)
        .column(Column::Region)
        .column(Column::Commitment)
        .filter(within(scope))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let stand = |row: StandRow| Stand {
        state: row.0,
        item_code: row.1,
        item_version: row.2,
        step_index: row.3,
        withdrawal_pending: row.4,
        // That there is one is enough, so that equal stands are one.
        decided_at: row.5.map(|_| DateTime::UNIX_EPOCH),
        department_id: row.6,
        region: row.7,
        commitment: row.8,
    };
    Ok(rows.into_iter().map(stand).collect())
}

/// A case by its number, for consumers; kept from other writers.
pub(crate) async fn by_number(
    conn: &Conn,
    number: &str,
) -> Result<Option<Tracked<Model>>, StorageError> {
    let query = Entity::find().filter(Column::Number.eq(number));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Writes a new case.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes new cases.
pub(crate) async fn insert_many(conn: &Conn, rows: Vec<Model>) -> Result<(), StorageError> {
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn update(conn: &Conn, row: &Tracked<Model>) -> Result<(), StorageError> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that the applicant's later versions up to this one have been taken in.
pub(crate) async fn take_version(conn: &Conn, id: Uuid, version: i64) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::PayloadVersion, Expr::value(version))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that no letter waits for an answer any more.
pub(crate) async fn settle_letter(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::LetterSince, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes how the other cases of its joint matter stand, with the version that told it.
pub(crate) async fn take_joint(
    conn: &Conn,
    id: Uuid,
    version: i64,
    joint: String,
) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::PayloadVersion, Expr::value(version))
        .col_expr(Column::Joint, Expr::value(joint))
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Cases whose acceptance term is over without a notice (row 8), the longest overdue first.
pub(crate) async fn unanswered(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    let states = [State::Submitted.as_str(), State::Received.as_str()];
    let ids = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(open())
        .filter(Column::State.is_in(states))
        .filter(Column::AcceptanceUntil.lte(now))
        .order_by(Column::AcceptanceUntil, Order::Asc)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(ids)
}

/// Cases whose applicants are to be reminded, or have let their term pass.
pub(crate) async fn with_applicant_alarm(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    let ids = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ApplicantAlarmAt.lte(now))
        .order_by(Column::ApplicantAlarmAt, Order::Asc)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(ids)
}

impl case::Model {
    /// The state; a word that is none cannot be in the column.
    pub(crate) fn current_state(&self) -> Result<State, StorageError> {
        State::parse(&self.state).ok_or(StorageError::Misuse(
            "approval_case.state holds an unknown word",
        ))
    }
}
