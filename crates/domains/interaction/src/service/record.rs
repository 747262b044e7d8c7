//! What several use-cases write alike: events of a task, and what the applicant is told.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::events::RectificationTold;
use tb_contract::topics;
use tb_kernel::{Fault, Region};
use tb_storage::{NewEvent, StorageError, Tx};
use uuid::Uuid;

use crate::model::task::{Facts, State};
use crate::sealed::DETAIL;
use crate::store;
use crate::store::task::{Task, TaskEvent};

/// What an event of a task says besides.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Detail {
    /// How somebody got in touch.
    pub way: String,
    /// Whether the citizen was reached.
    pub reached: Option<bool>,
    /// Words.
    pub words: String,
    /// What was found.
    pub findings: String,
    /// What was done.
    pub measures: String,
    /// What came of it.
    pub result: String,
    /// Level of the second rating.
    pub level: Option<u8>,
    /// Why the rating should not count.
    pub ground: String,
    /// Decision on that.
    pub upheld: Option<bool>,
    /// How high an overdue task went.
    pub escalation: i32,
}

/// Who did something.
pub(crate) struct Doer<'a> {
    pub id: Uuid,
    /// Staff by name; empty for the citizen and the platform.
    pub name: &'a str,
}

impl Doer<'_> {
    /// The platform.
    pub(crate) const SYSTEM: Doer<'static> = Doer {
        id: Uuid::nil(),
        name: "",
    };
}

/// What the rules look at.
pub(crate) fn facts(row: &Task) -> Result<Facts, StorageError> {
    Ok(Facts {
        state: state(row)?,
        appeal: row.appeal.clone(),
        round: row.round,
        unreached: row.unreached,
        handlers: serde_json::from_str(&row.handlers)?,
        department: row.department_id.into(),
    })
}

/// The state; a word that is none cannot be in the column.
pub(crate) fn state(row: &Task) -> Result<State, StorageError> {
    State::parse(&row.state).ok_or(StorageError::Misuse(
        "interaction_task.state holds an unknown word",
    ))
}

/// Writes what happened; the caller saves the row.
pub(crate) async fn record(
    tx: &Tx,
    row: &mut Task,
    kind: &str,
    doer: &Doer<'_>,
    detail: &Detail,
) -> Result<(), StorageError> {
    row.last_seq += 1;
    let id = tx.new_id();
    let event = TaskEvent {
        id,
        task_id: row.id,
        seq: row.last_seq,
        kind: kind.to_owned(),
        at: tx.now(),
        actor_id: doer.id,
        actor_name: doer.name.to_owned(),
        to_state: row.state.clone(),
        detail: tx.sealer().seal_json(DETAIL, id, detail)?,
    };
    store::task::insert_event(tx.conn(), event).await
}

/// Tells the applicant; `kind` is the last word of the event's kind.
pub(crate) async fn tell(
    tx: &mut Tx,
    row: &Task,
    kind: &str,
    due: Option<NaiveDate>,
    words: &str,
) -> Result<(), Fault> {
    let office = store::copy::Departments::by_code(tx.conn(), &row.department_code).await?;
    let told = RectificationTold {
        case_number: row.case_number.clone(),
        office: office.map(|office| office.name).unwrap_or_default(),
        due,
        words: words.to_owned(),
        at: tx.now(),
    };
    tx.emit(NewEvent {
        topic: topics::INTERACTION,
        key: &row.case_number,
        kind: &format!("interaction.rectification.{kind}"),
        version: row.version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload: &told,
    })?;
    Ok(())
}
