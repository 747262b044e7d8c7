//! Beginning a batch, pinned to the published version; and laying it down.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::item::SituationAnswers;
use tb_http::Ctx;
use tb_kernel::Fault;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{open_held, profile};
use crate::app::App;
use crate::error::Error;
use crate::model::batch::{BatchState, may_apply_for_many};
use crate::sealed::BATCH_APPLICANT;
use crate::service::create::{applicant, calendar_version, situation};
use crate::store;
use crate::store::batch::Batch;
use crate::view::batch::{BatchView, view};

/// A new batch.
#[derive(Debug, Deserialize, ToSchema)]
pub struct BeginBatch {
    /// Item.
    pub item_code: String,
    /// Answers of the situation guide, which count for all persons.
    #[serde(default)]
    pub situation_answers: SituationAnswers,
}

/// Makes a batch without rows.
pub(crate) async fn begin(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    body: BeginBatch,
) -> Result<BatchView, Fault> {
    if ctx.actor().kiosk.is_some() {
        // A list of many persons comes from an organisation's own computer.
        return Err(Error::ItemNotAtKiosk.into());
    }
    let conn = ctx.read();
    let found = store::item::newest(&conn, &body.item_code).await?;
    let copy = found.ok_or(Error::ItemNotFound)?;
    if copy.withdrawn {
        return Err(Error::ItemWithdrawn.into());
    }
    let item = app.item(&conn, &copy.code, copy.version).await?;
    // Published before it was refused there: nobody signs in a batch.
    let signed = item.handling.co_applicants.is_some();
    if item.handling.batch_rows.is_none() || !item.is_online() || signed {
        let item = item.name.clone();
        return Err(Error::BatchNotOffered { item }.into());
    }
    let kind = ctx.actor().kind;
    if !may_apply_for_many(kind, &item) {
        return Err(Error::BatchOrganisations.into());
    }
    situation(&item, &body.situation_answers, true)?;
    let who = applicant(&profile(app, ctx).await?, kind);
    let calendar_version = calendar_version(&conn).await?;

    let mut tx = ctx.begin().await?;
    let id = tx.new_id();
    let answers = serde_json::to_string(&body.situation_answers).map_err(Fault::internal)?;
    let batch = Batch {
        id,
        number: None,
        account_id: ctx.actor().id.0,
        item_code: copy.code,
        item_version: copy.version,
        item_name: item.name.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
        calendar_version,
        situation_answers: answers,
        applicant: tx.sealer().seal_json(BATCH_APPLICANT, id, &who)?,
        actor: None,
        query_password: None,
        state: BatchState::Draft.as_str().to_owned(),
        rows: 0,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
        submitted_at: None,
    };
    store::batch::insert(tx.conn(), batch.clone()).await?;
    tx.done("intake.batch.begun", "batch", id);
    let answer = view(app, ctx, tx.conn(), &batch).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Deletes a batch of which nothing has been handed in.
pub(crate) async fn delete(ctx: &Ctx<ApplicationWrite>, id: Uuid) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let batch = open_held(&tx, ctx, id).await?;
    store::material::delete_all(tx.conn(), batch.id).await?;
    store::batch::delete(tx.conn(), batch.id).await?;
    tx.done("intake.batch.deleted", "batch", id);
    tx.commit(&()).await?;
    Ok(())
}
