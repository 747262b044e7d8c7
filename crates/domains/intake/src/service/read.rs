//! Reading one's own applications, files and papers.

use serde::Deserialize;
use tb_contract::access::ApplicationRead;
use tb_contract::events::PaperRef;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{AccountId, ApplicationId, ErrorKind, Fault, MaterialId, Page, PageRequest};
use tb_storage::Conn;
use utoipa::IntoParams;
use uuid::Uuid;

use super::counter::claim::claim;
use super::counter::rows;
use super::signing::party;
use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::sealed::{self, FILE_NAME};
use crate::store;
use crate::store::application::{Application, Wanted};
use crate::view::signature::signed_line;
use crate::view::{ApplicationRow, ApplicationView, line, view};

/// Which applications to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApplicationFilter {
    /// One state, or several joined by commas.
    pub state: Option<String>,
    /// Code of the item that they are for.
    pub item: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// The caller's applications, newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    filter: ApplicationFilter,
) -> Result<Page<ApplicationRow>, Fault> {
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let states: Vec<&str> = filter
        .state
        .iter()
        .flat_map(|words| words.split(','))
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .collect();
    let known: Vec<&str> = states
        .iter()
        .filter_map(|word| State::parse(word))
        .map(State::as_str)
        .collect();
    if known.is_empty() && !states.is_empty() {
        return Ok(Page {
            items: Vec::new(),
            next_cursor: None,
        });
    }
    let before = cursor(&request)?;
    if before.is_none() {
        claim(app, ctx).await;
    }
    let limit = request.limit();
    // What he has signed for others to apply stands beside his own, to be looked at.
    let party = party(app, ctx).await.unwrap_or_else(|fault| {
        // His own list does not wait for it.
        tracing::warn!(code = fault.code, cause = ?fault.cause, "what the caller has signed is not listed");
        None
    });
    let reach = rows(ctx);
    let signed = party.as_ref().map(|party| party.number.as_slice());
    let wanted = Wanted {
        states: &known,
        item: filter.item.as_deref(),
        before,
        limit,
    };
    let rows = store::application::list(&ctx.read(), &reach, signed, &wanted).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let Page { items, next_cursor } = page.map(|row| {
        if is_his(&row, ctx.actor().id) {
            line(ctx, &row)
        } else {
            signed_line(ctx, &row)
        }
    });
    Ok(Page {
        items: items.into_iter().collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// Whether an application is the account's own, or it acts in it for the applicant; else it is there
/// because its signature is.
fn is_his(row: &Application, account: AccountId) -> bool {
    row.account_id == account.0 || row.proxy_ended_on.is_none() && row.proxy_id == Some(account.0)
}

/// The id that a cursor names.
pub(crate) fn cursor(request: &PageRequest) -> Result<Option<Uuid>, Fault> {
    let parsed = request.cursor.as_deref().map(Uuid::parse_str).transpose();
    parsed.map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))
}

/// One of the caller's applications, in full.
pub(crate) async fn one<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
) -> Result<ApplicationView, Fault> {
    let conn = ctx.read();
    let row = own(&conn, ctx, id).await?;
    let answer = view(app, ctx, &conn, &row).await?;
    ctx.record_read("application", id).await?;
    Ok(answer)
}

/// A file of an application.
pub(crate) async fn material<P>(
    ctx: &Ctx<P>,
    id: ApplicationId,
    material: MaterialId,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let row = own(&conn, ctx, id).await?;
    file_of(ctx, &conn, &row, material).await
}

/// A file of an application that the caller may look into; the read is recorded.
pub(super) async fn file_of<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
    material: MaterialId,
) -> Result<FileAnswer, Fault> {
    let file = store::material::find(conn, row.id, material.0).await?;
    let file = file.ok_or(Error::MaterialNotFound)?;
    let file_name = ctx
        .store()
        .sealer()
        .open_text(FILE_NAME, file.id, &file.file_name)?;
    let content = ctx
        .store()
        .blobs()
        .open_file(&file.blob)
        .await?
        .ok_or(Error::MaterialNotFound)?;
    ctx.record_read("material", material).await?;
    Ok(FileAnswer {
        name: file_name,
        media_type: file.media_type,
        content,
    })
}

/// A paper of an application.
pub(crate) async fn paper(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
    paper: Uuid,
) -> Result<FileAnswer, Fault> {
    let row = own(&ctx.read(), ctx, id).await?;
    let papers = sealed::papers(ctx.store().sealer(), &row)?;
    let paper = papers
        .into_iter()
        .find(|known| known.id == paper)
        .ok_or(Error::PaperNotFound)?;
    opened(app, ctx, paper).await
}

/// The PDF of a paper, rendered where this is its first opening; the read is recorded.
pub(super) async fn opened<P>(
    app: &App,
    ctx: &Ctx<P>,
    paper: PaperRef,
) -> Result<FileAnswer, Fault> {
    let (blobs, name) = (ctx.store().blobs(), tb_contract::papers::blob(paper.id));
    let mut content = blobs.open_file(&name).await?;
    if content.is_none() && app.papers().ready(paper.id).await? {
        content = blobs.open_file(&name).await?;
    }
    let content = content.ok_or(Error::PaperNotReady)?;
    ctx.record_read("paper", paper.id).await?;
    Ok(FileAnswer {
        name: format!("{}.pdf", paper.title),
        media_type: "application/pdf".to_owned(),
        content,
    })
}

pub(super) async fn own<P>(
    conn: &Conn,
    ctx: &Ctx<P>,
    id: ApplicationId,
) -> Result<Application, Fault> {
    let row = store::application::find(conn, &rows(ctx), id.0).await?;
    Ok(row.ok_or(Error::ApplicationNotFound)?)
}
