//! The job of a batch: row by row an application is made and handed in, each in a transaction of its
//! own that also notes the row's result. A run that is cut short goes on where it was, and no row is
//! done twice.

use chrono::{DateTime, TimeDelta, Utc};
use tb_kernel::{Actor, ErrorKind, Fault, Locale, RequestId, Scope, office_time};
use tb_storage::{Origin, Store, Tracked, Tx};
use uuid::Uuid;

use super::hand::Hand;
use super::{state, touch};
use crate::app::{App, Surroundings};
use crate::error::Error;
use crate::model::batch::{BatchRowState, BatchState, RowFault, key_of};
use crate::model::licence::Checked;
use crate::model::number::{case_number, series};
use crate::sealed::{ARGS, BATCH_ACTOR, BATCH_PASSWORD};
use crate::sentence::args;
use crate::service::submit::{Coming, Judged, hand_in};
use crate::service::write::{SELF, save, touch as touch_application};
use crate::store;
use crate::store::batch::{Batch, BatchRow, Rows, Settled};
use crate::store::message::Message;

/// Kind of the job.
pub(crate) const RUN: &str = "intake.run_batch";
/// Rows between two hints to the page.
const ROWS_AT_ONCE: u64 = 40;
/// After so long a job that did not come to its end is asked for again.
const LOST_AFTER: TimeDelta = TimeDelta::hours(1);
/// After so long a row that always fails is given up, so that the batch comes to its end.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(1);

/// Asks again for the jobs of batches that should have come to their end: where one has used up its attempts,
/// nobody else would. Returns how many.
pub(crate) async fn resume(storage: &Store, origin: &Origin) -> Result<usize, Fault> {
    let before = storage.clock().now() - LOST_AFTER;
    let lost = store::batch::submitting(&storage.read(), before).await?;
    for id in &lost {
        let mut tx = storage.begin(origin.clone()).await?;
        tb_jobs::enqueue(&mut tx, RUN, Some(&id.to_string()), None, id).await?;
        tx.done("intake.batch.resumed", "batch", id);
        tx.commit(&()).await?;
    }
    Ok(lost.len())
}

/// Makes the applications of a batch, from wherever it is.
pub(crate) async fn run(app: &App, storage: &Store, run: Uuid, id: Uuid) -> Result<(), Fault> {
    let conn = storage.read();
    let found = store::batch::find(&conn, &Scope::Everything, id).await?;
    let Some(batch) = found else { return Ok(()) };
    if state(&batch)? != BatchState::Submitting {
        // At its end already.
        return Ok(());
    }
    let account = batch.account_id;
    let maker = Maker::of(app, storage, run, batch).await?;
    let (mut after, mut trouble) = (0, None);
    loop {
        let ready = Rows {
            states: &[BatchRowState::Ready],
            after,
            ..Rows::default()
        };
        let rows = store::batch::rows(&conn, id, ready, ROWS_AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows {
            // Trouble of one row does not hold up the others: the job comes back for it.
            if let Err(fault) = Box::pin(maker.row(app, storage, &row)).await {
                trouble = Some(fault);
            }
        }
        app.tell(account, id);
    }
    if let Some(fault) = trouble {
        return Err(fault);
    }
    maker.finish(storage).await?;
    app.tell(account, id);
    Ok(())
}

/// Who hands the rows in, and what they have in common.
struct Maker {
    hand: Hand,
    around: Surroundings,
    actor: Actor,
    acting_as: String,
    run: Uuid,
    series: String,
    password: String,
    at: DateTime<Utc>,
}

impl Maker {
    async fn of(app: &App, storage: &Store, run: Uuid, batch: Batch) -> Result<Self, Fault> {
        let missing = || Fault::internal("a batch was submitted by nobody");
        let sealer = storage.sealer();
        let actor = batch.actor.as_ref().ok_or_else(missing)?;
        let (actor, acting_as) = sealer.open_json(BATCH_ACTOR, batch.id, actor)?;
        let password = batch.query_password.as_ref().ok_or_else(missing)?;
        let password = sealer.open_text(BATCH_PASSWORD, batch.id, password)?;
        let at = batch.submitted_at.ok_or_else(missing)?;
        let day = office_time::day(at);
        let around = app.surroundings_on(day).await?;
        let hand = Hand::of(app, &storage.read(), sealer, batch).await?;
        Ok(Self {
            series: series(&hand.item.region, day),
            hand,
            around,
            actor,
            acting_as,
            run,
            password,
            at,
        })
    }

    fn origin(&self) -> Origin {
        Origin {
            actor: self.actor.clone(),
            acting_as: self.acting_as.clone(),
            request_id: RequestId(self.run),
            idempotency: None,
        }
    }

    /// Does a row; what the rules refuse is its result.
    async fn row(&self, app: &App, storage: &Store, row: &BatchRow) -> Result<(), Fault> {
        let Err(fault) = self.make(app, storage, row).await else {
            return Ok(());
        };
        let is_ours = matches!(fault.kind, ErrorKind::Unavailable | ErrorKind::Internal);
        let fault = if is_ours {
            let seq = row.seq;
            tracing::error!(seq, code = fault.code, cause = ?fault.cause, "a row of a batch failed");
            if storage.clock().now() - self.at < GIVEN_UP_AFTER {
                return Err(fault);
            }
            Error::BatchRowFailed.into()
        } else {
            fault
        };
        let tx = storage.begin(self.origin()).await?;
        let refused = Settled {
            state: BatchRowState::Refused,
            application_id: None,
            faults: serde_json::to_string(&said(&fault)).map_err(Fault::internal)?,
        };
        store::batch::settle(tx.conn(), row.id, refused).await?;
        tx.commit(&()).await?;
        Ok(())
    }

    async fn make(&self, app: &App, storage: &Store, row: &BatchRow) -> Result<(), Fault> {
        let serial = app.serials().next(storage, &self.series).await?;
        let mut tx = storage.begin(self.origin()).await?;
        let application = self.hand.application(&tx, row)?;
        let made = Settled {
            state: BatchRowState::Made,
            application_id: Some(application.id),
            faults: "[]".to_owned(),
        };
        // First, so that another run of the same batch waits here and then finds it done.
        if !store::batch::settle(tx.conn(), row.id, made).await? {
            return Ok(());
        }
        store::application::insert(tx.conn(), application.clone()).await?;
        self.hand.give_materials(&tx, application.id).await?;
        let mut application = Tracked::new(application);
        let coming = Coming {
            who: self.hand.who.clone(),
            calendar: self.hand.batch.calendar_version.clone(),
            numbers: vec![case_number(&self.series, serial.get())],
            password: &self.password,
            // What is shared by all rows was uploaded: no licence takes its place.
            judged: Judged {
                around: &self.around,
                licences: &Checked::default(),
                at: self.at,
                locale: Locale::Chinese,
            },
        };
        hand_in(app, &mut tx, &mut application, coming).await?;
        // The receipt of the batch has told it: no message for each of a thousand rows.
        touch_application(&mut application, SELF, tx.now());
        save(&tx, &application).await?;
        // From here on it may be taken, even when the answer to the commit is lost.
        serial.keep();
        tx.commit(&()).await?;
        Ok(())
    }

    /// All rows have had their turn.
    async fn finish(&self, storage: &Store) -> Result<(), Fault> {
        let id = self.hand.batch.id;
        let mut tx = storage.begin(self.origin()).await?;
        let found = store::batch::find_locked(tx.conn(), &Scope::Everything, id).await?;
        let Some(mut batch) = found else {
            return Ok(());
        };
        if state(&batch)? != BatchState::Submitting {
            return Ok(());
        }
        BatchState::Submitted.as_str().clone_into(&mut batch.state);
        // Each application has it now, as a hash.
        batch.query_password = None;
        touch(&tx, &mut batch);
        store::batch::save(tx.conn(), &batch).await?;
        tell(&tx, &batch).await?;
        tx.done("intake.batch.finished", "batch", id);
        tx.commit(&()).await?;
        Ok(())
    }
}

/// Whoever submitted it hears how it came out: he need not wait on the page for it.
async fn tell(tx: &Tx, batch: &Batch) -> Result<(), Fault> {
    let counts = store::batch::counts(tx.conn(), &[batch.id]).await?;
    let counts = counts.get(&batch.id);
    let rows = |state: BatchRowState| counts.and_then(|counts| counts.get(state.as_str()));
    let refused = rows(BatchRowState::Refused).copied().unwrap_or_default();
    let kind = if refused > 0 {
        "batch_refused"
    } else {
        "batch_finished"
    };
    let words = args([
        ("item_name", Some(batch.item_name.clone())),
        ("number", batch.number.clone()),
        (
            "made",
            Some(
                rows(BatchRowState::Made)
                    .copied()
                    .unwrap_or_default()
                    .to_string(),
            ),
        ),
        ("refused", Some(refused.to_string())),
    ]);
    let id = tx.new_id();
    let message = Message {
        id,
        account_id: batch.account_id,
        application_id: batch.id,
        kind: kind.to_owned(),
        args: tx.sealer().seal_json(ARGS, id, &words)?,
        created_at: tx.now(),
        read_at: None,
    };
    Ok(store::message::insert(tx.conn(), message).await?)
}

/// Why a row was refused, without what was entered.
fn said(fault: &Fault) -> Vec<RowFault> {
    if fault.fields.is_empty() {
        return vec![RowFault {
            key: String::new(),
            code: fault.code.to_owned(),
            args: fault.args.clone(),
        }];
    }
    let of_field = |field: &tb_kernel::FieldFault| RowFault {
        key: field
            .path
            .strip_prefix("/form")
            .map(key_of)
            .unwrap_or_default(),
        code: field.code.clone(),
        args: field.args.clone(),
    };
    fault.fields.iter().map(of_field).collect()
}
