//! How many cases are at an end, by state: kept as they come to it, since there are ever more of
//! them. Whoever moves a case leaves a difference; a job adds these to the tally.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set,
};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError, Tx, lies_in};
use uuid::Uuid;

use crate::entity::{case, tally, tally_delta};
use crate::model::state::State;

/// Differences of one statement.
const AT_ONCE: usize = 500;

/// Of what it is counted: department, region and state.
pub(crate) type Key = (Uuid, String, String);

/// A case has gone from one state, if it was there already, to another: counts the ends among them.
pub(crate) async fn moved(
    tx: &Tx,
    row: &case::Model,
    left: Option<State>,
    come: State,
) -> Result<(), StorageError> {
    let ended = |state: &State| !state.is_running();
    let (left, come) = (left.filter(ended), Some(come).filter(ended));
    if left == come {
        return Ok(());
    }
    let key = |state: State| (row.department_id, row.region.clone(), state.to_string());
    let steps = left
        .map(|state| (key(state), -1))
        .into_iter()
        .chain(come.map(|state| (key(state), 1)));
    leave(tx, steps.collect()).await
}

/// Leaves differences.
pub(crate) async fn leave(tx: &Tx, steps: Vec<(Key, i64)>) -> Result<(), StorageError> {
    for some in steps.chunks(AT_ONCE) {
        let rows = some
            .iter()
            .cloned()
            .map(
                |((department_id, region, state), cases)| tally_delta::ActiveModel {
                    id: Set(tx.new_id()),
                    department_id: Set(department_id),
                    region: Set(region),
                    state: Set(state),
                    cases: Set(cases),
                },
            );
        tally_delta::Entity::insert_many(rows)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// How many there are within reach, by state: the tally, and what waits to be added to it.
pub(crate) async fn within_reach(
    conn: &Conn,
    scope: &Scope,
) -> Result<BTreeMap<String, i64>, StorageError> {
    let waiting = tally_delta::Entity::find()
        .select_only()
        .column(tally_delta::Column::State)
        .column(tally_delta::Column::Cases)
        .filter(reach(
            scope,
            tally_delta::Column::DepartmentId,
            tally_delta::Column::Region,
        ));
    // One statement, so that a difference that is just being added up is counted once.
    let question = tally::Entity::find()
        .select_only()
        .column(tally::Column::State)
        .column(tally::Column::Cases)
        .filter(reach(
            scope,
            tally::Column::DepartmentId,
            tally::Column::Region,
        ))
        .into_query()
        .union(UnionType::All, waiting.into_query())
        .to_owned();
    // Few rows: states times regions. Added up here, since the databases do not agree on the type
    // of a sum.
    let mut states: BTreeMap<String, i64> = BTreeMap::new();
    for row in conn.query_all(&question).await? {
        *states.entry(row.try_get("", "state")?).or_default() += row.try_get::<i64>("", "cases")?;
    }
    states.retain(|_, cases| *cases != 0);
    Ok(states)
}

fn reach<C: ColumnTrait>(scope: &Scope, department: C, region: C) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(department.eq(id.0)),
        Scope::Region(own) => all.add(lies_in(region, own)),
        // Applicants see their cases through intake.
        Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// At most so many differences, in no order: sums do not care.
pub(crate) async fn waiting(
    conn: &Conn,
    limit: u64,
) -> Result<Vec<tally_delta::Model>, StorageError> {
    Ok(tally_delta::Entity::find().limit(limit).all(conn).await?)
}

/// Adds differences to the tally and removes them; whether all of them were still there.
pub(crate) async fn add_up(
    conn: &Conn,
    waiting: Vec<tally_delta::Model>,
) -> Result<bool, StorageError> {
    let ids: Vec<Uuid> = waiting.iter().map(|row| row.id).collect();
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for row in waiting {
        *sums
            .entry((row.department_id, row.region, row.state))
            .or_default() += row.cases;
    }
    for ((department_id, region, state), cases) in sums {
        let first = tally::ActiveModel {
            department_id: Set(department_id),
            region: Set(region),
            state: Set(state),
            cases: Set(cases),
        };
        let key = OnConflict::columns([
            tally::Column::DepartmentId,
            tally::Column::Region,
            tally::Column::State,
        ])
        .value(
            tally::Column::Cases,
            Expr::col((tally::Entity, tally::Column::Cases)).add(cases),
        )
        .to_owned();
        tally::Entity::insert(first)
            .on_conflict(key)
            .exec_without_returning(conn)
            .await?;
    }
    let wanted = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    let gone = tally_delta::Entity::delete_many()
        .filter(tally_delta::Column::Id.is_in(ids))
        .exec(conn)
        .await?;
    Ok(gone.rows_affected == wanted)
}

/// By how much a scan of all ended cases differs from what is counted. One statement, so that all of
/// it is of one moment.
pub(crate) async fn differences(conn: &Conn) -> Result<Vec<(Key, i64)>, StorageError> {
    let key = ["department_id", "region", "state"];
    let minus = || Expr::val(0_i64).sub(Expr::col("cases"));
    let counted = Query::select()
        .columns(key)
        .expr_as(minus(), "cases")
        .from("approval_tally")
        .to_owned();
    let waiting = Query::select()
        .columns(key)
        .expr_as(minus(), "cases")
        .from("approval_tally_delta")
        .to_owned();
    let question = Query::select()
        .columns(key)
        .expr_as(Expr::col("id").count(), "cases")
        .from("approval_case")
        .and_where(Expr::col("running").not())
        .group_by_columns(key)
        .union(UnionType::All, counted)
        .union(UnionType::All, waiting)
        .to_owned();
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for row in conn.query_all(&question).await? {
        let key = (
            row.try_get("", "department_id")?,
            row.try_get("", "region")?,
            row.try_get("", "state")?,
        );
        *sums.entry(key).or_default() += row.try_get::<i64>("", "cases")?;
    }
    sums.retain(|_, cases| *cases != 0);
    Ok(sums.into_iter().collect())
}
