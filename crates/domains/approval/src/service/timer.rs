//! What the clock does: deemed acceptance (row 8), and the applicants' terms (rows 6 and 18c).

use chrono::{DateTime, NaiveDate, Utc};
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store, Tracked, Tx};
use uuid::Uuid;

use super::evidence::{applicant_term, debts_of, promised, undertaken};
use super::record::{Open, Writing, record};
use super::setting::{Calendars, Setting, read_clocks, setting};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::applicant_term::{Alarm, alarm};
use crate::model::apply::{Facts, Outcome, Surroundings, apply};
use crate::model::clocks::{Clocks, Reading, plan};
use crate::model::command::Command;
use crate::model::deferral;
use crate::model::event::{Beat, EventDetail, EventKind, Happened, office_day};
use crate::model::state::State;
use crate::sealed;
use crate::store;
use crate::store::event::{CaseEvent, Doer};

/// Cases looked at in one run.
const BATCH: u64 = 200;

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

/// A case that the platform holds, with all that it is judged by.
struct Held {
    tx: Tx,
    row: Box<Tracked<case::Model>>,
    setting: Setting,
    history: Vec<CaseEvent>,
}

impl Held {
    async fn take(app: &App, storage: &Store, job: &'static str, id: Uuid) -> Result<Self, Fault> {
        let origin = Origin::system(job, RequestId(storage.new_id()));
        let tx = storage.begin(origin).await?;
        let row = store::case::find_for_change(tx.conn(), &Scope::Everything, id)
            .await?
            .ok_or(Error::CaseNotFound)?;
        let setting = setting(app, tx.conn(), &row).await?;
        let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
        Ok(Self {
            tx,
            row: Box::new(row),
            setting,
            history,
        })
    }

    /// Its clocks, with the calendar they were read by.
    async fn clocks(&self, app: &App, as_of: NaiveDate) -> Result<Option<(Clocks, String)>, Fault> {
        let beats: Vec<Beat> = self.history.iter().map(CaseEvent::beat).collect();
        read_clocks(
            app,
            self.tx.conn(),
            Calendars::of(&self.row),
            &self.setting.item,
            &beats,
            as_of,
        )
        .await
    }

    async fn record(mut self, app: &App, outcome: Outcome) -> Result<(), Fault> {
        let doer = Doer {
            id: Uuid::nil(),
            name: self.tx.actor().name.clone(),
        };
        let mut open = Open {
            app,
            setting: &self.setting,
            row: *self.row,
            history: self.history,
            causation_id: None,
        };
        record(&mut self.tx, &mut open, outcome, &doer, Writing::Change).await?;
        self.tx.commit(&()).await?;
        Ok(())
    }
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
    let held = Held::take(app, storage, "approval.deem_accepted", id).await?;
    let now = held.tx.now();
    let (clocks, _) = held
        .clocks(app, office_day(now))
        .await?
        .ok_or(Error::AcceptanceTermRuns)?;
    let row = &held.row;
    let command = Command::DeemAccepted {
        receipt: clocks.running.received_at.unwrap_or(row.submitted_at),
        until: clocks.acceptance.as_ref().and_then(Reading::until),
    };
    let dossier = sealed::dossier(held.tx.sealer(), row)?;
    let promised = promised(held.tx.sealer(), row, &held.setting, &dossier)?;
    let undertaken = undertaken(held.tx.sealer(), row, &held.setting, &dossier)?;
    let facts = Facts {
        steps: plan(&held.setting.item),
        withdrawal_pending: row.withdrawal_pending,
        undertaking: undertaken.as_ref().map(|(undertaking, _)| undertaking),
        promised: &promised,
        ..Facts::blank(row.current_state()?)
    };
    let outcome = apply(&facts, &command, Surroundings::platform(now))?;
    held.record(app, outcome).await
}

/// Reminds applicants of terms and promises that end soon, and ends the cases whose terms have passed (rows 6
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
    let held = Held::take(app, storage, "approval.applicants_terms", id).await?;
    let (row, now) = (&held.row, held.tx.now());
    let state = row.current_state()?;
    let debts = debts_of(state, &held.history);
    let facts = Facts {
        debts: &debts,
        step: usize::try_from(row.step_index).unwrap_or_default(),
        withdrawal_pending: row.withdrawal_pending,
        applicant: applicant_term(row, &held.setting, &held.history),
        ..Facts::blank(state)
    };
    let around = Surroundings::platform(now);
    if deferral::alarm(&debts).is_some_and(|at| at <= now) {
        let outcome = apply(&facts, &Command::UrgeDeferred, around)?;
        held.record(app, outcome).await?;
        return Ok(true);
    }
    let due = alarm(state, facts.applicant);
    // The applicant may have sent his correction in the same moment.
    let Some((_, what)) = due.filter(|(at, _)| *at <= now) else {
        return Ok(false);
    };
    let outcome = match (what, state) {
        (Alarm::Remind, _) => reminder(&facts, now),
        (Alarm::End, State::Correcting) => apply(&facts, &Command::LapseCorrection, around)?,
        (Alarm::End, _) => apply(&facts, &Command::MissOriginals, around)?,
    };
    held.record(app, outcome).await?;
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
