//! What the clock does: deemed acceptance (row 8), and clocks computed anew.

use chrono::{DateTime, Duration, Utc};
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use super::act::applicant_term;
use super::record::{Open, Writing, cache_of, record, set_alarm, set_clocks};
use super::setting::{read_clocks, setting};
use crate::app::App;
use crate::error::Error;
use crate::model::applicant_term::{Alarm, alarm};
use crate::model::apply::{Facts, Outcome, Surroundings, apply};
use crate::model::clocks::{Reading, plan};
use crate::model::command::Command;
use crate::model::event::{Beat, EventDetail, EventKind, Happened, office_day};
use crate::model::light::Cache;
use crate::model::state::State;
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
    let ids = store::case::unanswered(&storage.read(), storage.clock().now(), BATCH).await?;
    let mut accepted = 0;
    for id in ids {
        let done = match deem_one(app, storage, id).await {
            Ok(()) => Ok(true),
            // Somebody has answered in the same moment.
            Err(fault)
                if matches!(
                    fault.code,
                    "approval.wrong_state" | "approval.acceptance_term_runs"
                ) =>
            {
                Ok(false)
            }
            Err(fault) => Err(fault),
        };
        accepted += counted(id, done, "a case cannot count as accepted");
    }
    Ok(accepted)
}

/// Counts a case to which something was done. One that fails is logged, and does not hold up the
/// others.
fn counted(id: Uuid, done: Result<bool, Fault>, trouble: &'static str) -> usize {
    match done {
        Ok(done) => usize::from(done),
        Err(fault) => {
            tracing::error!(case = %id, code = fault.code, cause = ?fault.cause, trouble);
            0
        }
    }
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
        steps: plan(&setting.item),
        withdrawal_pending: row.withdrawal_pending,
        ..Facts::blank(row.current_state()?)
    };
    let outcome = apply(&facts, &command, Surroundings::platform(tx.now()))?;
    let doer = platform(&tx);
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

fn platform(tx: &Tx) -> Doer {
    Doer {
        id: Uuid::nil(),
        name: tx.actor().name.clone(),
    }
}

/// Reminds applicants of terms that end soon, and ends the cases whose terms have passed (rows 6
/// and 18c); returns how many it has dealt with.
pub(crate) async fn applicants_terms(app: &App, storage: &Store) -> Result<usize, Fault> {
    let now = storage.clock().now();
    let ids = store::case::with_applicant_alarm(&storage.read(), now, BATCH).await?;
    let mut minded = 0;
    for id in ids {
        let done = mind_term(app, storage, id).await;
        minded += counted(id, done, "an applicant's term cannot be looked at");
    }
    Ok(minded)
}

async fn mind_term(app: &App, storage: &Store, id: Uuid) -> Result<bool, Fault> {
    let origin = Origin::system("approval.applicants_terms", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let row = store::case::find_for_change(tx.conn(), &Scope::Everything, id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let setting = setting(app, tx.conn(), &row).await?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
    let state = row.current_state()?;
    let facts = Facts {
        step: usize::try_from(row.step_index).unwrap_or_default(),
        withdrawal_pending: row.withdrawal_pending,
        applicant: applicant_term(&row, &setting, &history),
        ..Facts::blank(state)
    };
    let due = alarm(state, facts.applicant);
    // The applicant may have sent his correction in the same moment.
    let Some((_, what)) = due.filter(|(at, _)| *at <= tx.now()) else {
        return Ok(false);
    };
    let around = Surroundings::platform(tx.now());
    let outcome = match (what, state) {
        (Alarm::Remind, _) => reminder(&facts, tx.now()),
        (Alarm::End, State::Correcting) => apply(&facts, &Command::LapseCorrection, around)?,
        (Alarm::End, _) => apply(&facts, &Command::MissOriginals, around)?,
    };
    let doer = platform(&tx);
    let mut open = Open {
        app,
        setting: &setting,
        row,
        history,
        causation_id: None,
    };
    record(&mut tx, &mut open, outcome, &doer, Writing::Change).await?;
    tx.commit(&()).await?;
    Ok(true)
}

fn reminder(facts: &Facts<'_>, now: DateTime<Utc>) -> Outcome {
    let event = Happened {
        kind: EventKind::Reminded,
        effective_at: now,
        from: facts.state,
        to: facts.state,
        detail: EventDetail::default(),
    };
    Outcome {
        state: facts.state,
        step: facts.step,
        withdrawal_pending: facts.withdrawal_pending,
        events: vec![event],
        paper: None,
        says: "approval.case.reminded",
    }
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
        let done = rebuild_clocks(app, storage, id).await;
        changed += counted(id, done, "the clocks of a case cannot be computed");
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
    let setting = setting(app, tx.conn(), &row).await?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
    let beats: Vec<Beat> = history.iter().map(CaseEvent::beat).collect();
    let as_of = history.last().map_or(tx.now(), |event| event.at);
    let read = read_clocks(
        app,
        tx.conn(),
        &row.calendar_version,
        &setting.item,
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
    let state = row.current_state()?;
    set_alarm(&mut row, &setting, &history, state);
    store::case::update(tx.conn(), &row).await?;
    tx.commit(&()).await?;
    Ok(has_changed)
}
