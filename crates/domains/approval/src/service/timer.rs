//! What the clock does: deemed acceptance (row 8), and clocks computed anew.

use chrono::Duration;
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use super::record::{Open, Writing, cache_of, record, set_clocks};
use super::setting::{read_clocks, setting};
use crate::app::App;
use crate::error::Error;
use crate::model::apply::{Facts, Surroundings, apply};
use crate::model::clocks::{Reading, plan};
use crate::model::command::Command;
use crate::model::event::{Beat, office_day};
use crate::model::light::Cache;
use crate::store;
use crate::store::event::{CaseEvent, Doer};

/// Cases looked at in one run.
const BATCH: u64 = 200;
/// After this long every open case's clocks are computed anew.
const OLD_HOURS: i64 = 24;
/// The same for dates that a coming calendar may move.
const OLD_PROVISIONAL_HOURS: i64 = 1;

/// Accepts every case that was not answered in time; returns how many.
pub(crate) async fn deem_accepted(app: &App, storage: &Store) -> Result<usize, Fault> {
    let now = storage.clock().now();
    let mut accepted = 0;
    for id in store::case::unanswered(&storage.read(), now, BATCH).await? {
        match deem_one(app, storage, id).await {
            Ok(()) => accepted += 1,
            // Somebody has answered in the same moment.
            Err(fault)
                if matches!(
                    fault.code,
                    "approval.wrong_state" | "approval.acceptance_term_runs"
                ) => {}
            // One case that cannot be accepted must not hold up the others.
            Err(fault) => {
                tracing::error!(case = %id, code = fault.code, cause = ?fault.cause, "deemed acceptance failed");
            }
        }
    }
    Ok(accepted)
}

async fn deem_one(app: &App, storage: &Store, id: Uuid) -> Result<(), Fault> {
    let origin = Origin::system("approval.deem_accepted", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let row = store::case::find_for_change(tx.conn(), &Scope::Everything, id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let setting = setting(app, tx.conn(), &row).await?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
    let beats: Vec<Beat> = history.iter().map(CaseEvent::beat).collect();
    let today = office_day(tx.now());
    let read = read_clocks(
        app,
        tx.conn(),
        &row.calendar_version,
        &setting.item,
        &beats,
        today,
    )
    .await?;
    let (clocks, _) = read.ok_or(Error::AcceptanceTermRuns)?;
    let command = Command::DeemAccepted {
        receipt: clocks.running.received_at.unwrap_or(row.submitted_at),
        until: clocks.acceptance.as_ref().and_then(Reading::until),
    };
    let facts = Facts {
        state: row.current_state()?,
        steps: plan(&setting.item),
        step: 0,
        instant: false,
        withdrawal_pending: row.withdrawal_pending,
        notices: &[],
        missing: &[],
        procedures: &[],
        extended: false,
        legal_until: None,
    };
    let outcome = apply(
        &facts,
        &command,
        Surroundings {
            now: tx.now(),
            roles: &[],
        },
    )?;
    let doer = Doer {
        id: Uuid::nil(),
        name: tx.actor().name.clone(),
    };
    let mut open = Open {
        app,
        setting: &setting,
        row,
        history,
        causation_id: None,
    };
    record(&mut tx, &mut open, outcome, &doer, Writing::Change).await?;
    tx.commit(&()).await?;
    Ok(())
}

/// Computes clocks anew that were computed long ago; returns how many had to be put right.
pub(crate) async fn rebuild_old_clocks(app: &App, storage: &Store) -> Result<usize, Fault> {
    let now = storage.clock().now();
    let before = now - Duration::hours(OLD_HOURS);
    let provisional_before = now - Duration::hours(OLD_PROVISIONAL_HOURS);
    let ids =
        store::case::with_old_clocks(&storage.read(), before, provisional_before, BATCH).await?;
    let mut changed = 0;
    for id in ids {
        match rebuild_clocks(app, storage, id).await {
            Ok(has_changed) => changed += usize::from(has_changed),
            Err(fault) => {
                tracing::error!(case = %id, code = fault.code, cause = ?fault.cause, "clocks cannot be computed");
            }
        }
    }
    Ok(changed)
}

/// Computes the clocks of one case from its events; whether the cache said something else.
pub(crate) async fn rebuild_clocks(app: &App, storage: &Store, id: Uuid) -> Result<bool, Fault> {
    let origin = Origin::system("approval.rebuild_clocks", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let mut row = store::case::find_for_change(tx.conn(), &Scope::Everything, id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let item = setting(app, tx.conn(), &row).await?.item;
    let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
    let beats: Vec<Beat> = history.iter().map(CaseEvent::beat).collect();
    let as_of = history.last().map_or(tx.now(), |event| event.at);
    let read = read_clocks(
        app,
        tx.conn(),
        &row.calendar_version,
        &item,
        &beats,
        office_day(as_of),
    )
    .await?;
    let (clocks, calendar) =
        read.ok_or_else(|| Fault::internal("the calendar of a case is gone"))?;
    let has_changed = cache_of(&row) != Cache::from(&clocks) || row.calendar_version != calendar;
    if has_changed {
        tracing::warn!(case = %id, calendar, "the clocks of a case were put right");
        tx.done("approval.clocks.rebuilt", "case", id);
    }
    row.calendar_version = calendar;
    let now = tx.now();
    set_clocks(&mut row, &clocks, now);
    store::case::update(tx.conn(), &row).await?;
    tx.commit(&()).await?;
    Ok(has_changed)
}
