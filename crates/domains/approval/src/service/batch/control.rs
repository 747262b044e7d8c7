//! Starting, revoking and stopping batches; drafts that nobody started.

use chrono::TimeDelta;
use tb_contract::access::CaseBatch;
use tb_http::Ctx;
use tb_jobs::enqueue;
use tb_kernel::{Fault, RequestId};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use super::read::view;
use super::run::RUN;
use crate::api::batch_body::BatchView;
use crate::app::App;
use crate::entity::batch;
use crate::error::Error;
use crate::model::batch::{BatchSource, BatchState, RowState};
use crate::model::words::Word;
use crate::store;
use crate::store::batch::Moment;

/// Hours after which a draft that nobody started is cleared away.
const KEPT_HOURS: i64 = 24;
/// Drafts cleared away in one run.
const SWEPT_AT_ONCE: u64 = 20;

/// Starts a draft: its job is due when its window is over.
pub(crate) async fn start(app: &App, ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<BatchView, Fault> {
    let mut tx = ctx.begin().await?;
    let batch = own(&tx, ctx, id).await?;
    let counts = store::batch::counts(tx.conn(), &[id]).await?;
    let has_ready = counts
        .get(&id)
        .is_some_and(|counts| counts.contains_key(RowState::Ready.as_str()));
    if !has_ready {
        return Err(Error::BatchEmpty.into());
    }
    let waits = BatchSource::parse(&batch.source).is_none_or(BatchSource::waits);
    let window = if waits {
        app.settings().batch_window_seconds
    } else {
        0
    };
    let begins = tx.now() + TimeDelta::seconds(window.into());
    let (from, to) = (BatchState::Draft, BatchState::Scheduled);
    if !store::batch::move_on(tx.conn(), id, from, to, Moment::Starts(begins)).await? {
        return Err(moved(&batch));
    }
    enqueue(&mut tx, RUN, Some(&id.to_string()), begins, &id).await?;
    tx.done("approval.batch.started", "batch", id);
    answer(app, tx, ctx, id).await
}

/// Revokes what has not begun, else stops it.
pub(crate) async fn stop(app: &App, ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<BatchView, Fault> {
    let mut tx = ctx.begin().await?;
    let batch = own(&tx, ctx, id).await?;
    let state = batch.current_state()?;
    let now = tx.now();
    let moved_on = match state {
        BatchState::Draft | BatchState::Scheduled => {
            let to = BatchState::Revoked;
            store::batch::move_on(tx.conn(), id, state, to, Moment::Ended(now)).await?
        }
        BatchState::Running => {
            let to = BatchState::Stopping;
            store::batch::move_on(tx.conn(), id, state, to, Moment::None).await?
        }
        _ => false,
    };
    if !moved_on {
        return Err(moved(&batch));
    }
    if state == BatchState::Running {
        tx.done("approval.batch.stopped", "batch", id);
    } else {
        store::batch::skip_rest(tx.conn(), id).await?;
        tx.done("approval.batch.revoked", "batch", id);
    }
    answer(app, tx, ctx, id).await
}

fn moved(batch: &batch::Model) -> Fault {
    Error::BatchMoved {
        state: batch.state.clone(),
    }
    .into()
}

async fn own(tx: &Tx, ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<batch::Model, Fault> {
    let found = store::batch::find(tx.conn(), ctx.scope(), ctx.actor().id, id).await?;
    Ok(found.ok_or(Error::BatchNotFound)?)
}

async fn answer(app: &App, mut tx: Tx, ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<BatchView, Fault> {
    let batch = own(&tx, ctx, id).await?;
    let counts = store::batch::counts(tx.conn(), &[id]).await?;
    let answer = view(app, batch, counts)?;
    let (teller, owner) = (app.clone(), ctx.actor().id);
    tx.after_commit(move || teller.tell_batch(id, owner));
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Clears away drafts that nobody started.
pub(crate) async fn sweep_drafts(app: &App, storage: &Store) -> Result<(), Fault> {
    let before = app.store().clock().now() - TimeDelta::hours(KEPT_HOURS);
    let ids = store::batch::old_drafts(&storage.read(), before, SWEPT_AT_ONCE).await?;
    for id in ids {
        let origin = Origin::system("approval.sweep_drafts", RequestId(storage.new_id()));
        let mut tx = storage.begin(origin).await?;
        if store::batch::delete_draft(tx.conn(), id).await? {
            tx.done("approval.batch.swept", "batch", id);
        }
        tx.commit(&()).await?;
    }
    Ok(())
}
