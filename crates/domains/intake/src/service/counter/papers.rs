//! Papers that lie at the counter: taken, or compared and given back.

use std::collections::BTreeSet;

use serde::Deserialize;
use tb_contract::access::CounterWrite;
use tb_contract::item::SituationAnswers;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::{draft_entry, hand};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::counter::paper_faults;
use crate::service::write::{expect_version, held, save, touch};
use crate::store;
use crate::view::{ApplicationView, view};

/// Papers that are there.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MarkPapers {
    /// Version that the page has.
    pub version: i64,
    /// All requirement ids whose paper was taken or whose original was compared.
    pub papers: Vec<String>,
}

/// Marks what is there on paper; all of it, also what was marked before.
pub(crate) async fn mark(
    app: &App,
    ctx: &Ctx<CounterWrite>,
    id: ApplicationId,
    body: MarkPapers,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let wrong = paper_faults(&item, &answers, &body.papers);
    if !wrong.is_empty() {
        return Err(with_fields(Error::ApplicationInvalid, wrong));
    }
    let mut entry = draft_entry(&tx, &row).await?;
    let papers: BTreeSet<String> = body.papers.into_iter().collect();
    entry.papers = serde_json::to_string(&papers).map_err(Fault::internal)?;
    store::counter::save(tx.conn(), entry).await?;
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
    tx.done("intake.counter.papers_marked", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
