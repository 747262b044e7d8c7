//! The job of a batch. Each row is a transaction of whoever started the batch: the command, its audit
//! entry and the row's result are committed together, so a run that is cut short goes on where it
//! was and does no row twice.

use futures::{StreamExt, stream};
use tb_contract::access::scope_of;
use tb_kernel::{Actor, ErrorKind, Fault, RequestId, Scope};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use crate::app::App;
use crate::entity::{batch, batch_row};
use crate::error::Error;
use crate::model::batch::{BatchState, BatchWords, RowState, command};
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::verb::Verb;
use crate::model::words::Word;
use crate::sealed::{BATCH_ACTOR, BATCH_WORDS};
use crate::service::act::{Asked, act_in};
use crate::service::handover::is_successor;
use crate::service::record::Writing;
use crate::service::said::Said;
use crate::store;
use crate::store::batch::{Moment, RowResult};
use crate::view::command::permission;

/// Kind of the job.
pub(crate) const RUN: &str = "approval.run_batch";
/// Rows between two looks at whether the batch is to stop.
const ROWS_AT_ONCE: u64 = 40;
/// Cases under way at the same time.
const AT_ONCE: usize = 4;
/// Tries of a row that others stand in the way of.
const TRIES: usize = 4;

/// Runs a batch to its end, from wherever it is.
pub(crate) async fn run(app: &App, storage: &Store, run: Uuid, id: Uuid) -> Result<(), Fault> {
    let found = store::batch::find(&storage.read(), &Scope::Everything, no_one(), id).await?;
    let Some(batch) = found else { return Ok(()) };
    let mut giver = Giver::of(storage, run, &batch)?;
    giver.look_again(app).await?;
    match batch.current_state()? {
        BatchState::Scheduled => {
            let (from, to) = (BatchState::Scheduled, BatchState::Running);
            let at = Moment::Started(storage.clock().now());
            if !giver.move_batch(storage, id, from, to, at).await? {
                return Ok(());
            }
        }
        BatchState::Running | BatchState::Stopping => {}
        // Revoked, or at its end already.
        _ => return Ok(()),
    }
    loop {
        app.tell_batch(id, giver.actor.id);
        if state_now(storage, id).await? != Some(BatchState::Running) {
            return giver.stop_here(app, storage, id).await;
        }
        let ready = [RowState::Ready];
        let rows = store::batch::rows(&storage.read(), id, &ready, 0, ROWS_AT_ONCE).await?;
        if rows.is_empty() {
            break;
        }
        let mut done = stream::iter(rows)
            .map(|row| giver.do_row(app, storage, row))
            .buffer_unordered(AT_ONCE);
        while let Some(result) = done.next().await {
            result?;
        }
    }
    let (from, to) = (BatchState::Running, BatchState::Finished);
    let at = Moment::Ended(storage.clock().now());
    if giver.move_batch(storage, id, from, to, at).await? {
        app.tell_batch(id, giver.actor.id);
        return Ok(());
    }
    giver.stop_here(app, storage, id).await
}

fn no_one() -> tb_kernel::AccountId {
    tb_kernel::AccountId(Uuid::nil())
}

async fn state_now(storage: &Store, id: Uuid) -> Result<Option<BatchState>, Fault> {
    let found = store::batch::find(&storage.read(), &Scope::Everything, no_one(), id).await?;
    Ok(found.map(|batch| batch.current_state()).transpose()?)
}

/// Who gives the command, and what it is.
struct Giver {
    actor: Actor,
    /// His reach for the command with the role that gives it; none: every row is refused.
    reach: Option<(Scope, String)>,
    run: Uuid,
    command: Command,
    /// What stands against every row by now.
    against: Option<Error>,
}

impl Giver {
    fn of(storage: &Store, run: Uuid, batch: &batch::Model) -> Result<Self, Fault> {
        let sealer = storage.sealer();
        let actor: Actor = sealer.open_json(BATCH_ACTOR, batch.id, &batch.actor)?;
        let words: BatchWords = sealer.open_json(BATCH_WORDS, batch.id, &batch.words)?;
        let verb = Verb::parse(&batch.command)
            .ok_or_else(|| Fault::internal("approval_batch holds an unknown word"))?;
        let (key, door) = permission(verb);
        Ok(Self {
            reach: scope_of(&actor, key, door),
            actor,
            run,
            command: command(verb, &words)?,
            against: None,
        })
    }

    /// Whoever was to go on with the cases may have left since the batch was made.
    async fn look_again(&mut self, app: &App) -> Result<(), Fault> {
        let Command::Divert(Diversion {
            way: Way::HandOver { to },
            ..
        }) = &self.command
        else {
            return Ok(());
        };
        if !is_successor(app, &self.actor, to.id).await? {
            self.against = Some(Error::NotASuccessor);
        }
        Ok(())
    }

    fn origin(&self) -> Origin {
        Origin {
            actor: self.actor.clone(),
            acting_as: self
                .reach
                .as_ref()
                .map_or_else(String::new, |(_, role)| role.clone()),
            request_id: RequestId(self.run),
            idempotency: None,
        }
    }

    async fn move_batch(
        &self,
        storage: &Store,
        id: Uuid,
        from: BatchState,
        to: BatchState,
        at: Moment,
    ) -> Result<bool, Fault> {
        let mut tx = storage.begin(self.origin()).await?;
        let moved = store::batch::move_on(tx.conn(), id, from, to, at).await?;
        if moved {
            let action = match to {
                BatchState::Running => "approval.batch.begun",
                BatchState::Stopped => "approval.batch.ended_early",
                _ => "approval.batch.finished",
            };
            tx.done(action, "batch", id);
        }
        tx.commit(&()).await?;
        Ok(moved)
    }

    /// What waits still is skipped.
    async fn stop_here(&self, app: &App, storage: &Store, id: Uuid) -> Result<(), Fault> {
        let tx = storage.begin(self.origin()).await?;
        store::batch::skip_rest(tx.conn(), id).await?;
        tx.commit(&()).await?;
        let (from, to) = (BatchState::Stopping, BatchState::Stopped);
        let at = Moment::Ended(storage.clock().now());
        self.move_batch(storage, id, from, to, at).await?;
        app.tell_batch(id, self.actor.id);
        Ok(())
    }

    /// Does one row. Others may stand in its way for a moment; what the rules refuse is its result,
    /// and so is trouble of its own, so that it does not hold up the rest.
    async fn do_row(&self, app: &App, storage: &Store, row: batch_row::Model) -> Result<(), Fault> {
        for attempt in 1..=TRIES {
            let fault = match self.try_row(app, storage, &row).await {
                Ok(()) => return Ok(()),
                Err(fault) => fault,
            };
            if fault.kind == ErrorKind::Unavailable {
                if attempt == TRIES {
                    return Err(fault);
                }
                let pause = std::time::Duration::from_millis(50 * attempt as u64);
                tokio::time::sleep(pause).await;
                continue;
            }
            if fault.kind == ErrorKind::Internal {
                let case = row.case_id;
                tracing::error!(?case, code = fault.code, cause = ?fault.cause, "a row of a batch failed");
            }
            return self.refuse(storage, &row, &fault).await;
        }
        Ok(())
    }

    async fn try_row(
        &self,
        app: &App,
        storage: &Store,
        row: &batch_row::Model,
    ) -> Result<(), Fault> {
        let (Some(id), Some((scope, _))) = (row.case_id, &self.reach) else {
            return Err(Error::NotYours.into());
        };
        if let Some(against) = &self.against {
            return Err(against.clone().into());
        }
        let mut tx = storage.begin(self.origin()).await?;
        let done = RowResult {
            state: RowState::Done,
            code: None,
            args: String::new(),
        };
        // First, so that another run of the same batch waits here and then finds it done.
        if !store::batch::settle(tx.conn(), row.batch_id, row.seq, &done).await? {
            return Ok(());
        }
        let asked = Asked {
            scope,
            id,
            version: row.case_version,
            command: self.command.clone(),
            writing: Writing::Change,
        };
        act_in(app, &mut tx, asked).await?;
        tx.commit(&()).await?;
        Ok(())
    }

    async fn refuse(
        &self,
        storage: &Store,
        row: &batch_row::Model,
        fault: &Fault,
    ) -> Result<(), Fault> {
        let said = Said::of(fault);
        let refused = RowResult {
            state: RowState::Refused,
            args: said.args(),
            code: Some(said.code),
        };
        let tx = storage.begin(self.origin()).await?;
        store::batch::settle(tx.conn(), row.batch_id, row.seq, &refused).await?;
        tx.commit(&()).await?;
        Ok(())
    }
}
