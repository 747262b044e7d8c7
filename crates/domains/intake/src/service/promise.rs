//! Promising materials for later, and the last day that may be promised.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_calendar::Request;
use tb_contract::events::DeferredPromise;
use tb_contract::item::{DEFERRAL, ItemDocument, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::Conn;
use utoipa::ToSchema;

use super::counter::hand;
use super::write::{expect_thawed, expect_version, held, save, touch};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::Editing;
use crate::model::deferral::{Deferred, promise_faults};
use crate::sealed;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// Materials that are promised for later; all of them, also those promised before.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PromiseMaterials {
    /// Version that the page has.
    pub version: i64,
    /// The promises.
    pub deferred: Vec<DeferredPromise>,
}

/// Keeps the promises of a draft.
pub(crate) async fn promise<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: PromiseMaterials,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    expect_thawed(&row)?;
    if sealed::editing(tx.sealer(), &row)? != Editing::All {
        return Err(Error::NotDraft.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let days = days(app, tx.conn(), &row, &item, tx.now()).await?;
    let faults = promise_faults(&item, &answers, &body.deferred, days);
    if !faults.is_empty() {
        return Err(with_fields(Error::ApplicationInvalid, faults));
    }
    let kept = body.deferred.into_iter().map(Deferred::from).collect();
    sealed::set_deferred(&mut row, kept)?;
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
    tx.done("intake.application.materials_promised", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Today, and the last day that a material may be promised for.
pub(crate) async fn days(
    app: &App,
    conn: &Conn,
    row: &Application,
    item: &ItemDocument,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(NaiveDate, NaiveDate), Fault> {
    let calendar = app.calendar(conn, &row.calendar_version).await?;
    let term = item.deferral_term.unwrap_or(DEFERRAL);
    let request = Request::new(now, term).in_region(item.region.as_str());
    let due = calendar.due(&request).map_err(Fault::internal)?;
    Ok((office_time::day(now), due.date))
}
