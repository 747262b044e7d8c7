//! Submitting a batch: all rows are judged once more, the receipt is given at once, and the moment counts
//! for every row, however late its turn comes.

use serde::{Deserialize, Serialize};
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{Applicant, MOST_BATCH_ROWS};
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault, Region, office_time};
use tb_storage::Tx;
use utoipa::ToSchema;
use uuid::Uuid;

use super::hand::Hand;
use super::run::RUN;
use super::{expect_version, open, open_held, profile, state, touch};
use crate::app::{App, Surroundings};
use crate::error::{Error, with_fields};
use crate::model::batch::{BatchRowState, BatchState};
use crate::model::number::{batch_number, batch_series, query_password};
use crate::sealed::{BATCH_ACTOR, BATCH_APPLICANT, BATCH_PASSWORD};
use crate::service::create::{applicant, calendar_version};
use crate::store;
use crate::store::batch::{Batch, Rows};
use crate::view::batch::{BatchView, view};

/// Most faults that one answer names.
const MOST_FAULTS: usize = 100;

/// Hands a batch in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SubmitBatch {
    /// Version that the page has.
    pub version: i64,
}

/// The batch as handed in, with the query password of all its applications shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchSubmitted {
    /// The batch.
    #[serde(flatten)]
    pub batch: BatchView,
    /// Password of the public progress query; shown only here.
    pub query_password: String,
}

/// Hands in a batch whose rows are all fit.
pub(crate) async fn submit(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    body: SubmitBatch,
) -> Result<BatchSubmitted, Fault> {
    let seen = open(&ctx.read(), ctx, id).await?;
    let who = applicant(&profile(app, ctx).await?, ctx.actor().kind);
    let calendar = calendar_version(&ctx.read()).await?;
    let around = app.surroundings().await?;
    let region = Region::parse(&seen.region)
        .ok_or_else(|| Fault::internal("the region of a batch is not one"))?;
    let series = batch_series(&region, office_time::day(ctx.now()));
    let serial = app.serials().next(ctx.store(), &series).await?;

    let mut tx = ctx.begin().await?;
    let mut batch = open_held(&tx, ctx, id).await?;
    expect_version(ctx, &batch, body.version)?;
    if state(&batch)? != BatchState::Checked {
        return Err(Error::BatchUnchecked.into());
    }
    still_offered(&tx, &batch).await?;
    let tried: Applicant = tx
        .sealer()
        .open_json(BATCH_APPLICANT, id, &batch.applicant)?;
    if !is_same(&tried, &who) {
        return Err(Error::BatchApplicantChanged.into());
    }
    batch.applicant = tx.sealer().seal_json(BATCH_APPLICANT, id, &who)?;
    batch.calendar_version = calendar;
    fit(app, &tx, ctx, &batch, &around).await?;
    let password = query_password(tx.store().entropy());
    batch.query_password = Some(tx.sealer().seal_text(BATCH_PASSWORD, id, &password)?);
    batch.actor = Some(tx.sealer().seal_json(
        BATCH_ACTOR,
        id,
        &(ctx.actor(), ctx.origin().acting_as),
    )?);
    batch.number = Some(batch_number(&series, serial.get()));
    batch.submitted_at = Some(tx.now());
    BatchState::Submitting.as_str().clone_into(&mut batch.state);
    touch(&tx, &mut batch);
    store::batch::save(tx.conn(), &batch).await?;
    let now = tx.now();
    tb_jobs::enqueue(&mut tx, RUN, Some(&id.to_string()), now, &id).await?;
    tx.done("intake.batch.submitted", "batch", id);
    let answer = BatchSubmitted {
        batch: view(app, ctx, tx.conn(), &batch).await?,
        query_password: password,
    };
    // From here on it may be taken, even when the answer to the commit is lost.
    serial.keep();
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Whether the rows were tried for whoever hands them in now: the agent may have come to another
/// enterprise since, and what is prefilled of the first stands in every row.
fn is_same(tried: &Applicant, now: &Applicant) -> bool {
    let named =
        |one: &Applicant| [&one.name, &one.id_number, &one.agent_name].map(ToOwned::to_owned);
    named(tried) == named(now)
}

/// Whether what is applied for is still offered.
async fn still_offered(tx: &Tx, batch: &Batch) -> Result<(), Fault> {
    let newest = store::item::newest(tx.conn(), &batch.item_code).await?;
    match newest {
        Some(newest) if !newest.withdrawn => Ok(()),
        _ => Err(Error::ItemWithdrawn.into()),
    }
}

/// Whether every row would be handed in as it is now: days have passed since the trial, and materials
/// were not looked at in it.
async fn fit(
    app: &App,
    tx: &Tx,
    ctx: &Ctx<ApplicationWrite>,
    batch: &Batch,
    around: &Surroundings,
) -> Result<(), Fault> {
    let hand = Hand::of(app, tx.conn(), tx.sealer(), batch.clone()).await?;
    let ready = Rows {
        states: &[BatchRowState::Ready],
        ..Rows::default()
    };
    let most = u64::from(MOST_BATCH_ROWS);
    let rows = store::batch::rows(tx.conn(), batch.id, ready, most).await?;
    let mut faults: Vec<FieldFault> = Vec::new();
    for row in &rows {
        let Err(fault) = hand.judge(tx, around.env(), ctx.locale(), row) else {
            continue;
        };
        if fault.fields.is_empty() {
            return Err(fault);
        }
        // What all rows lack is said once, in its own place.
        for field in fault.fields {
            let path = match field.path.strip_prefix("/form") {
                Some(path) => format!("/rows/{}{path}", row.seq),
                None => field.path.clone(),
            };
            if faults.len() < MOST_FAULTS && !faults.iter().any(|one| one.path == path) {
                faults.push(FieldFault { path, ..field });
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(with_fields(Error::BatchInvalid, faults))
    }
}
