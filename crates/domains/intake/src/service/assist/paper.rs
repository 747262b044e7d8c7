//! Consent on a signed paper, for somebody who has an account and comes to the counter or is visited: the
//! assistant uploads it, and the applicant hears of it at once.

use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::{ApplicationRead, AssistDesk};
use tb_contract::events::LetterFile;
use tb_http::{Ctx, FileAnswer, WordsWithFiles, keep_for_letter};
use tb_kernel::Fault;
use tb_storage::Conn;
use utoipa::IntoParams;
use uuid::Uuid;

use super::consent::{Given, draft_of, keep};
use super::desk::finish;
use super::{mine, note, of_desk, tell, words};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::assist::AssistMay;
use crate::places::Place;
use crate::sealed::ASSIST_PAPER;
use crate::service::upload::fits;
use crate::service::write::save;
use crate::store;
use crate::store::assist::{Request, Whose};
use crate::view::help::HelpView;

/// What the paper says.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaperConsent {
    /// Version of the request that the page has.
    pub version: Option<i64>,
    /// `look` or `fill`.
    pub may: Option<String>,
    /// Last day.
    pub until_on: Option<NaiveDate>,
}

/// Lets the paper in before a byte of it is read.
pub(crate) async fn admit(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    fits(headers)?;
    let found = store::assist::find(&ctx.read(), &of_desk(ctx)?, id).await?;
    found.ok_or(Error::AssistNotFound)?;
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Keeps the paper and the consent that it gives.
pub(crate) async fn give(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    query: PaperConsent,
    brought: WordsWithFiles,
) -> Result<HelpView, Fault> {
    if brought.files.is_empty() {
        let fault = fault_at("/file".to_owned(), field::ASSIST_PAPER, &[]);
        return Err(with_fields(Error::AssistInvalid, vec![fault]));
    }
    let place = app.places().seal().await?;
    keep_for_letter(ctx.store(), &brought.files, async |files| {
        drop(place);
        consent(app, ctx, id, (query, brought.words), files).await
    })
    .await
}

async fn consent(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    (query, said): (PaperConsent, String),
    files: Vec<LetterFile>,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let request = mine(&tx, ctx, id, query.version.unwrap_or_default()).await?;
    let mut row = draft_of(&tx, &request).await?;
    let missing = |path: &str, code: &str| {
        with_fields(
            Error::AssistInvalid,
            vec![fault_at(path.to_owned(), code, &[])],
        )
    };
    let may = query.may.as_deref().and_then(AssistMay::parse);
    let given = Given {
        may: may.ok_or_else(|| missing("/may", field::ASSIST_MAY))?,
        until_on: query
            .until_on
            .ok_or_else(|| missing("/until_on", field::ASSIST_UNTIL))?,
        paper: Some(files),
    };
    keep(&tx, &mut row, &request, given).await?;
    save(&tx, &row).await?;
    note(&tx, id, "consented_on_paper", &ctx.actor().name, &said).await?;
    tell(&tx, &request, "assist_paper", &words(&request, "")).await?;
    tx.done("intake.assist.consented_on_paper", "application", row.id);
    let (account, application) = (row.account_id, row.id);
    let answer = finish(ctx, tx, request).await?;
    app.tell(account, application);
    Ok(answer)
}

/// A page of the signed paper, for the assistants of the division.
pub(crate) async fn for_desk(
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let found = store::assist::find(&conn, &of_desk(ctx)?, id).await?;
    let request = found.ok_or(Error::AssistNotFound)?;
    if request.assistant_id != Some(ctx.actor().id.0) {
        return Err(Error::MaterialNotFound.into());
    }
    opened(ctx, &conn, &request, file).await
}

/// The same for whoever signed it.
pub(crate) async fn for_asker(
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let found = store::assist::find(&conn, &Whose::Asker(ctx.actor().id), id).await?;
    opened(ctx, &conn, &found.ok_or(Error::AssistNotFound)?, file).await
}

async fn opened<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    request: &Request,
    wanted: Uuid,
) -> Result<FileAnswer, Fault> {
    let mut found = None;
    for consent in store::assist::consents(conn, request.id).await? {
        let Some(paper) = &consent.paper else {
            continue;
        };
        let files: Vec<LetterFile> =
            ctx.store()
                .sealer()
                .open_json(ASSIST_PAPER, consent.id, paper)?;
        found = found.or_else(|| files.into_iter().find(|file| file.id == wanted));
    }
    let file = found.ok_or(Error::MaterialNotFound)?;
    let content = ctx.store().blobs().open_file(&file.blob()).await?;
    let content = content.ok_or(Error::MaterialNotFound)?;
    ctx.record_read("assist_paper", wanted).await?;
    Ok(FileAnswer {
        name: file.file_name,
        media_type: file.media_type,
        content,
    })
}
