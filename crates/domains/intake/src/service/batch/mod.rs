//! Applications of an organisation for many persons at once (批量申办): a sheet with a row for each, tried
//! as a whole, handed in at one moment under one receipt; a queued job makes an application of each row.

pub(crate) mod begin;
pub(crate) mod files;
mod hand;
pub(crate) mod read;
pub(crate) mod receipt;
pub(crate) mod run;
pub(crate) mod sheets;
pub(crate) mod submit;
pub(crate) mod trial;

use std::sync::Arc;

use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_contract::ports::ApplicantProfile;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Conn, StorageError, Tracked, Tx};
use uuid::Uuid;

use super::create::prefilled;
use super::write::{SELF, stale};
use crate::app::App;
use crate::error::Error;
use crate::model::batch::BatchState;
use crate::store;
use crate::store::batch::Batch;

/// Where a batch stands.
pub(crate) fn state(batch: &Batch) -> Result<BatchState, StorageError> {
    BatchState::parse(&batch.state).ok_or(StorageError::Misuse(
        "intake_batch.state holds an unknown word",
    ))
}

/// A batch within the caller's reach.
async fn own<P>(conn: &Conn, ctx: &Ctx<P>, id: Uuid) -> Result<Batch, Fault> {
    let found = store::batch::find(conn, ctx.scope(), id).await?;
    Ok(found.ok_or(Error::BatchNotFound)?)
}

/// The same while nothing of it has been handed in.
async fn open<P>(conn: &Conn, ctx: &Ctx<P>, id: Uuid) -> Result<Batch, Fault> {
    let batch = own(conn, ctx, id).await?;
    expect_open(&batch)?;
    Ok(batch)
}

/// The same, held until the transaction ends.
async fn open_held<P>(tx: &Tx, ctx: &Ctx<P>, id: Uuid) -> Result<Tracked<Batch>, Fault> {
    let found = store::batch::find_locked(tx.conn(), ctx.scope(), id).await?;
    let batch = found.ok_or(Error::BatchNotFound)?;
    expect_open(&batch)?;
    Ok(batch)
}

fn expect_open(batch: &Batch) -> Result<(), Fault> {
    match state(batch)? {
        BatchState::Draft | BatchState::Checked => Ok(()),
        BatchState::Submitting | BatchState::Submitted => Err(Error::BatchSubmitted {
            number: batch.number.clone().unwrap_or_default(),
        }
        .into()),
    }
}

fn expect_version<P>(ctx: &Ctx<P>, batch: &Batch, version: i64) -> Result<(), Error> {
    if batch.version == version {
        return Ok(());
    }
    Err(stale(SELF, batch.updated_at, ctx.locale()))
}

/// Marks a batch as changed now.
fn touch(tx: &Tx, batch: &mut Batch) {
    batch.version += 1;
    batch.updated_at = tx.now();
}

/// What is applied for, as it is pinned.
async fn item_of(app: &App, conn: &Conn, batch: &Batch) -> Result<Arc<ItemDocument>, Fault> {
    app.item(conn, &batch.item_code, batch.item_version).await
}

/// The answers of the situation guide, which count for all rows.
fn answers_of(batch: &Batch) -> Result<SituationAnswers, Fault> {
    serde_json::from_str(&batch.situation_answers).map_err(Fault::internal)
}

/// Profile of whoever applies, asked of identity.
async fn profile<P>(app: &App, ctx: &Ctx<P>) -> Result<ApplicantProfile, Fault> {
    let profile = app.applicants().profile(ctx.actor().id).await?;
    Ok(profile.ok_or(Error::ProfileMissing)?)
}

/// What is the same in every row.
fn source(profile: &ApplicantProfile) -> impl Fn(&str) -> Option<String> {
    move |source: &str| prefilled(profile, source)
}
