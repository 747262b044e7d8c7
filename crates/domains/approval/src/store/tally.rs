//! How many cases are at an end, by state: kept as they come to it, since there are ever more of
//! them, and counted again once a day.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::case;
use crate::entity::tally::{ActiveModel, Column, Entity};
use crate::model::state::State;

/// A case has gone from one state, if it was there already, to another: counts the ends among them.
pub(crate) async fn moved(
    conn: &Conn,
    row: &case::Model,
    left: Option<State>,
    come: State,
) -> Result<(), StorageError> {
    let ended = |state: &State| !state.is_running();
    let (left, come) = (left.filter(ended), Some(come).filter(ended));
    if left == come {
        return Ok(());
    }
    let mut steps: Vec<(State, i64)> = Vec::new();
    steps.extend(left.map(|state| (state, -1)));
    steps.extend(come.map(|state| (state, 1)));
    // In one order, so that no two transactions wait for each other.
    steps.sort_unstable_by_key(|(state, _)| state.as_str());
    for (state, step) in steps {
        let first = ActiveModel {
            department_id: Set(row.department_id),
            region: Set(row.region.clone()),
            state: Set(state.to_string()),
            cases: Set(step),
        };
        let next = Expr::col((Entity, Column::Cases)).add(step);
        Entity::insert(first)
            .on_conflict(key().value(Column::Cases, next).to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// How many there are within reach, by state.
pub(crate) async fn within_reach(
    conn: &Conn,
    scope: &Scope,
) -> Result<Vec<(String, i64)>, StorageError> {
    let reach = match scope {
        Scope::Everything => Condition::all(),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Region(region) => Condition::all().add(lies_in(Column::Region, region)),
        // Applicants see their cases through intake.
        Scope::Own(_) => return Ok(Vec::new()),
    };
    // Few rows: states times regions of a department. Added up here, since the databases do not
    // agree on the type of a sum.
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::Cases)
        .filter(reach)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// Department, region and state.
type Key = (Uuid, String, String);

/// Counts all cases that are at an end, while no other comes to it; how many rows had to be put
/// right.
pub(crate) async fn count_again(conn: &Conn) -> Result<usize, StorageError> {
    let kept: BTreeMap<Key, i64> = Entity::find()
        .lock_exclusive()
        .all(conn)
        .await?
        .into_iter()
        .map(|row| ((row.department_id, row.region, row.state), row.cases))
        .collect();
    let scanned: Vec<(Uuid, String, String, i64)> = case::Entity::find()
        .select_only()
        .column(case::Column::DepartmentId)
        .column(case::Column::Region)
        .column(case::Column::State)
        .column_as(case::Column::Id.count(), "cases")
        .filter(Expr::col(case::Column::Running).not())
        .group_by(case::Column::DepartmentId)
        .group_by(case::Column::Region)
        .group_by(case::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let mut right: BTreeMap<Key, i64> = kept.keys().map(|key| (key.clone(), 0)).collect();
    right.extend(
        scanned
            .into_iter()
            .map(|(department, region, state, cases)| ((department, region, state), cases)),
    );
    right.retain(|key, cases| kept.get(key) != Some(cases));
    let wrong = right.len();
    for ((department_id, region, state), cases) in right {
        let row = ActiveModel {
            department_id: Set(department_id),
            region: Set(region),
            state: Set(state),
            cases: Set(cases),
        };
        Entity::insert(row)
            .on_conflict(key().update_column(Column::Cases).to_owned())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(wrong)
}

fn key() -> OnConflict {
    OnConflict::columns([Column::DepartmentId, Column::Region, Column::State])
}
