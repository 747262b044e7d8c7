//! What the applicant asks about his fee: to pay less or nothing, or his money back.

use axum::http::HeaderMap;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{FeeRequested, FeeTold, Letter, LetterFile};
use tb_http::{Ctx, WordsWithFiles, keep_for_letter};
use tb_kernel::{ApplicationId, Fault};
use tb_storage::Sealer;

use super::counter::rows;
use super::write::{Entry, SELF, announce, held, record, save, touch};
use crate::app::App;
use crate::error::Error;
use crate::model::fee::may_ask;
use crate::places::Place;
use crate::sealed;
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// Longest reason, in characters.
const MOST_WORDS: usize = 1_000;

/// Lets a request in before a byte of its proof is read.
pub(crate) async fn admit(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    what: &str,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    super::upload::fits(headers)?;
    let row = store::application::find(&ctx.read(), &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    askable(ctx.store().sealer(), &row, what)?;
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Asks.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    what: String,
    brought: WordsWithFiles,
) -> Result<ApplicationView, Fault> {
    let words = brought.words;
    if !(1..=MOST_WORDS).contains(&words.chars().count()) {
        return Err(Error::ReasonInvalid { max: MOST_WORDS }.into());
    }
    let place = app.places().seal().await?;
    keep_for_letter(ctx.store(), &brought.files, async |files| {
        drop(place);
        send(app, ctx, id, &what, (words, files)).await
    })
    .await
}

async fn send(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    what: &str,
    (words, files): (String, Vec<LetterFile>),
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    let told = askable(tx.sealer(), &row, what)?;
    // It shows at once that it was asked; what the office then tells takes its place.
    let asked = FeeTold {
        request: Some(what.to_owned()),
        ..told
    };
    sealed::set_fee(tx.sealer(), &mut row, Some(&asked))?;
    let letter = Letter {
        id: tx.new_id(),
        words: words.clone(),
        files,
    };
    announce(
        &mut tx,
        &mut row,
        "intake.application.fee_requested",
        |version, number| FeeRequested {
            case_number: number.to_owned(),
            version,
            kind: what.to_owned(),
            letter,
        },
    )?;
    let now = tx.now();
    let kind = if what == "refund" {
        "fee_refund_asked"
    } else {
        "fee_reduction_asked"
    };
    record(&tx, &mut row, Entry::own(kind, now, &words)).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    tx.done("intake.application.fee_requested", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// The fee, where this can be asked about it.
fn askable(sealer: &Sealer, row: &Application, what: &str) -> Result<FeeTold, Fault> {
    let told = sealed::fee(sealer, row)?;
    let told = told.filter(|told| may_ask(told, what));
    Ok(told.ok_or(Error::FeeNotAskable)?)
}
