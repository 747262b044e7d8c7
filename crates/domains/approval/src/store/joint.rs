//! Parts of one answer to a joint matter.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::joint_part::{Column, Entity, Model};
use crate::model::joint::PartState;

/// Those whose lead office the scope reaches.
fn led_by(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::LeadId.eq(id.0)),
        Scope::Region(region) => all.add(lies_in(Column::LeadRegion, region)),
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

fn waiting() -> Condition {
    Condition::all().add(Column::State.is_in([PartState::Open.as_str(), PartState::Given.as_str()]))
}

/// The part of a case.
pub(crate) async fn of_case(conn: &Conn, case_id: Uuid) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(case_id).one(conn).await?)
}

/// The parts of a matter that is led within reach, by their cases.
pub(crate) async fn of_matter(
    conn: &Conn,
    scope: &Scope,
    number: &str,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(led_by(scope))
        .filter(Column::JointNumber.eq(number))
        .order_by(Column::CaseId, Order::Asc)
        .all(conn)
        .await?)
}

/// Parts that wait, of matters led within reach, the most urgent first.
pub(crate) async fn led(
    conn: &Conn,
    scope: &Scope,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(led_by(scope))
        .filter(waiting())
        .order_by(Column::SendUntil, Order::Asc)
        .order_by(Column::CaseId, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Parts behind the lead office's last day, the latest first.
pub(crate) async fn lapsed(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(waiting())
        .filter(Column::SendUntil.lte(now))
        .order_by(Column::SendUntil, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// Writes a part, new or anew. Whoever does holds its case.
pub(crate) async fn save(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let anew = OnConflict::column(Column::CaseId)
        .update_columns([
            Column::State,
            Column::Verdict,
            Column::Answerer,
            Column::AnsweredAt,
            Column::PartBy,
            Column::PartUntil,
            Column::SendBy,
            Column::SendUntil,
            Column::SettledAt,
            Column::Version,
        ])
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(anew)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
