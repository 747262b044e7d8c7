//! Staff look for licences: exactly by number, identifier, case, name or id. A search for a person
//! and an opened licence are both recorded.

use serde::Deserialize;
use tb_contract::access::LicenceRead;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, Page, PageRequest};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::entity::licence;
use crate::error::Error;
use crate::store;
use crate::store::licence::{Filter, Within};
use crate::view::{Eyes, LicenceRow, LicenceView, full, line, waiting};

/// What a search asks for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LicenceQuery {
    /// Exactly a number, an identifier, a case number, a holder's name or id.
    pub q: Option<String>,
    /// Licences of one case.
    pub case_number: Option<String>,
    /// Those about which something is asked and not decided.
    #[serde(default)]
    pub waiting: bool,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Licences within reach, the newest first, masked.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<LicenceRead>,
    query: LicenceQuery,
) -> Result<Page<LicenceRow>, Fault> {
    let request = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let exactly = query.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let filter = Filter {
        exactly,
        case_number: query.case_number.as_deref(),
        waiting: query.waiting,
        after: cursor(&request)?,
    };
    let (within, limit) = (Within::Scope(ctx.scope()), request.limit());
    let sealer = app.store().sealer();
    let rows = store::licence::list(&ctx.read(), sealer, &within, &filter, limit).await?;
    if exactly.is_some() {
        // Who looked for somebody is known by what was found, without the name that was typed.
        for row in rows.iter().take(5) {
            ctx.record_read("licence", row.id).await?;
        }
    }
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let ids: Vec<Uuid> = page.items.iter().map(|row| row.id).collect();
    let open = store::change::open_of(&ctx.read(), &ids).await?;
    let items: Result<Vec<_>, Fault> = page
        .items
        .iter()
        .map(|row| {
            let change = open.iter().find(|change| change.licence_id == row.id);
            let mut line = line(app, row, false, ctx.now())?;
            line.waiting = change.map(|one| waiting(one, ctx.now())).transpose()?;
            Ok(line)
        })
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// One licence, masked.
pub(crate) async fn one(app: &App, ctx: &Ctx<LicenceRead>, id: Uuid) -> Result<LicenceView, Fault> {
    let row = found(ctx, id).await?;
    full(app, &ctx.read(), &row, Eyes::Staff, ctx.now()).await
}

/// Its PDF, which shows everything: recorded.
pub(crate) async fn pdf(app: &App, ctx: &Ctx<LicenceRead>, id: Uuid) -> Result<FileAnswer, Fault> {
    let row = found(ctx, id).await?;
    let answer = file(app, &row).await?;
    ctx.record_read("licence_file", id).await?;
    Ok(answer)
}

async fn found(ctx: &Ctx<LicenceRead>, id: Uuid) -> Result<licence::Model, Fault> {
    let row = store::licence::find(&ctx.read(), &Within::Scope(ctx.scope()), id).await?;
    Ok(row.ok_or(Error::LicenceNotFound)?)
}

/// The PDF of a licence that was found within reach.
pub(crate) async fn file(app: &App, row: &licence::Model) -> Result<FileAnswer, Fault> {
    Ok(FileAnswer {
        name: format!("{} {}.pdf", row.type_name, row.number),
        media_type: "application/pdf".to_owned(),
        content: app.press().pdf(row).await?,
    })
}

/// Where a page begins.
pub(crate) fn cursor(request: &PageRequest) -> Result<Option<Uuid>, Error> {
    let given = request
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty());
    given
        .map(|cursor| cursor.parse().map_err(|_| Error::WrongCursor))
        .transpose()
}
