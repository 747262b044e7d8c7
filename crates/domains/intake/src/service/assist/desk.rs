//! The desk of assistants: what waits in their division, taking it, getting in touch, closing it.

use serde::Deserialize;
use tb_contract::access::AssistDesk;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::over::{Ending, close, tell_closed};
use super::{expect_version, mine, note, of_desk, state, tell, words};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::assist::{AssistOutcome, AssistState, MAX_REASON};
use crate::service::read::cursor;
use crate::store;
use crate::store::assist::{Request, Shown};
use crate::view::help::{HelpReader, HelpRow, HelpView, help, row};

/// Which requests to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HelpFilter {
    /// `open` (by default), `mine`, `taken` or `closed`.
    pub show: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Takes a request.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeHelp {
    /// Version that the page has.
    pub version: i64,
}

/// That an assistant tried to get in touch.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecordHelpContact {
    /// Version that the page has.
    pub version: i64,
    /// Whether the applicant was reached.
    pub reached: bool,
    /// What was said, or how it was tried.
    pub words: String,
}

/// Closes a request.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CloseHelp {
    /// Version that the page has.
    pub version: i64,
    /// `solved`, `unreached` or `out_of_scope`.
    pub outcome: String,
    /// What the applicant is told.
    pub words: String,
}

/// The requests of the caller's division, masked; what waits comes oldest first.
pub(crate) async fn list(
    ctx: &Ctx<AssistDesk>,
    filter: HelpFilter,
) -> Result<Page<HelpRow>, Fault> {
    let shown = match filter.show.as_deref() {
        Some("mine") => Shown::Taken(Some(ctx.actor().id)),
        Some("taken") => Shown::Taken(None),
        Some("closed") => Shown::Closed,
        _ => Shown::Open,
    };
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let (conn, limit, past) = (ctx.read(), request.limit(), cursor(&request)?);
    let rows = store::assist::list(&conn, &of_desk(ctx)?, shown, (past, limit)).await?;
    let Page { items, next_cursor } = Page::from_surplus(rows, limit, |one| one.id.to_string());
    let (sealer, reader) = (ctx.store().sealer(), HelpReader::desk(ctx));
    let lines = items.into_iter().map(|one| row(sealer, one, reader));
    Ok(Page {
        items: lines.collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One of them. Who asks and how he is reached is shown to the assistant who has it, and the reading is
/// recorded.
pub(crate) async fn one(ctx: &Ctx<AssistDesk>, id: Uuid) -> Result<HelpView, Fault> {
    let conn = ctx.read();
    let found = store::assist::find(&conn, &of_desk(ctx)?, id).await?;
    let request = found.ok_or(Error::AssistNotFound)?;
    let answer = help(ctx.store().sealer(), &conn, request, HelpReader::desk(ctx)).await?;
    if answer.mine {
        ctx.record_read("assist_request", id).await?;
    }
    Ok(answer)
}

/// Takes a request that nobody has.
pub(crate) async fn take(
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    body: TakeHelp,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let found = store::assist::find_locked(tx.conn(), &of_desk(ctx)?, id).await?;
    let mut request = found.ok_or(Error::AssistNotFound)?;
    match state(&request) {
        AssistState::Open => {}
        AssistState::Taken => {
            let name = request.assistant_name.unwrap_or_default();
            return Err(Error::AssistTaken { name }.into());
        }
        AssistState::Closed => return Err(Error::AssistClosed.into()),
    }
    expect_version(&request, body.version)?;
    AssistState::Taken.as_str().clone_into(&mut request.state);
    request.assistant_id = Some(ctx.actor().id.0);
    request.assistant_name = Some(ctx.actor().name.clone());
    note(&tx, id, "taken", &ctx.actor().name, "").await?;
    tell(&tx, &request, "assist_taken", &words(&request, "")).await?;
    tx.done("intake.assist.taken", "assist_request", id);
    finish(ctx, tx, request).await
}

/// Notes that the assistant tried to get in touch; once somebody was reached the term is kept.
pub(crate) async fn contact(
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    body: RecordHelpContact,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut request = mine(&tx, ctx, id, body.version).await?;
    let said = said(&body.words)?;
    let kind = if body.reached { "contacted" } else { "missed" };
    note(&tx, id, kind, &ctx.actor().name, &said).await?;
    if body.reached {
        request.contacted_at = request.contacted_at.or(Some(tx.now()));
    } else {
        tell(&tx, &request, "assist_missed", &words(&request, "")).await?;
    }
    tx.done("intake.assist.contacted", "assist_request", id);
    finish(ctx, tx, request).await
}

/// Closes a request with its outcome, and tells the applicant.
pub(crate) async fn end(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    body: CloseHelp,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut request = mine(&tx, ctx, id, body.version).await?;
    let outcome = AssistOutcome::parse(&body.outcome).filter(|one| one.is_of_assistants());
    let outcome = outcome.ok_or_else(|| wrong("/outcome", field::ASSIST_OUTCOME))?;
    let said = said(&body.words)?;
    let ending = Ending {
        outcome,
        by: &ctx.actor().name,
        words: &said,
    };
    close(&tx, &mut request, ending).await?;
    tell_closed(&tx, &request, &said).await?;
    tx.done("intake.assist.closed", "assist_request", id);
    let (account, application) = (request.account_id, request.application_id);
    let reader = HelpReader::desk(ctx);
    let answer = help(tx.sealer(), tx.conn(), request, reader).await?;
    tx.commit(&answer).await?;
    if let Some(application) = application {
        app.tell(account, application);
    }
    Ok(answer)
}

/// Writes a request with its next version, and answers with it.
pub(super) async fn finish(
    ctx: &Ctx<AssistDesk>,
    tx: tb_storage::Tx,
    mut request: Request,
) -> Result<HelpView, Fault> {
    request.version += 1;
    store::assist::save(tx.conn(), request.clone()).await?;
    let reader = HelpReader::desk(ctx);
    let answer = help(tx.sealer(), tx.conn(), request, reader).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Words that somebody has to find.
pub(super) fn said(words: &str) -> Result<String, Fault> {
    let words = words.trim();
    if words.is_empty() {
        return Err(wrong("/words", field::ASSIST_WORDS));
    }
    if words.chars().count() > MAX_REASON {
        let max = MAX_REASON.to_string();
        let fault = fault_at("/words".to_owned(), field::TOO_LONG, &[("max", &max)]);
        return Err(with_fields(Error::AssistInvalid, vec![fault]));
    }
    Ok(words.to_owned())
}

fn wrong(path: &str, code: &str) -> Fault {
    with_fields(
        Error::AssistInvalid,
        vec![fault_at(path.to_owned(), code, &[])],
    )
}
