//! A holder's own licences: those of the person, and of the enterprise that he acts for.

use serde::Deserialize;
use tb_contract::access::LicenceOwn;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, Page, PageRequest};
use utoipa::IntoParams;
use uuid::Uuid;

use super::search::{cursor, file};
use crate::app::App;
use crate::entity::licence;
use crate::error::Error;
use crate::store::licence::{Filter, Within};
use crate::view::{Eyes, LicenceRow, LicenceView, full, line};
use crate::{sealed, store};

/// What a holder's list is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnFilter {
    /// Licences of one case.
    pub case_number: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Blind indexes of the numbers that the caller holds licences under.
pub(crate) async fn holders(app: &App, ctx: &Ctx<LicenceOwn>) -> Result<Vec<Vec<u8>>, Fault> {
    let profile = app.applicants().profile(ctx.actor().id).await?;
    let sealer = app.store().sealer();
    let numbers = profile.map(|profile| [profile.citizen_id, profile.credit_code]);
    Ok(numbers
        .into_iter()
        .flatten()
        .filter(|number| !number.is_empty())
        .map(|number| sealed::holder_index(sealer, &number))
        .collect())
}

/// The caller's licences, the newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    filter: OwnFilter,
) -> Result<Page<LicenceRow>, Fault> {
    let holders = holders(app, ctx).await?;
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let wanted = Filter {
        waiting: false,
        case_number: filter.case_number.as_deref(),
        after: cursor(&request)?,
        exactly: None,
    };
    let (within, limit) = (Within::Holders(&holders), request.limit());
    let sealer = app.store().sealer();
    let rows = store::licence::list(&ctx.read(), sealer, &within, &wanted, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let items: Result<Vec<_>, Fault> = page
        .items
        .iter()
        .map(|row| line(app, row, true, ctx.now()))
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

async fn own(app: &App, ctx: &Ctx<LicenceOwn>, id: Uuid) -> Result<licence::Model, Fault> {
    let holders = holders(app, ctx).await?;
    let row = store::licence::find(&ctx.read(), &Within::Holders(&holders), id).await?;
    Ok(row.ok_or(Error::LicenceNotFound)?)
}

/// One of them in full.
pub(crate) async fn one(app: &App, ctx: &Ctx<LicenceOwn>, id: Uuid) -> Result<LicenceView, Fault> {
    let row = own(app, ctx, id).await?;
    full(app, &ctx.read(), &row, Eyes::Holder, ctx.now()).await
}

/// Its PDF.
pub(crate) async fn pdf(app: &App, ctx: &Ctx<LicenceOwn>, id: Uuid) -> Result<FileAnswer, Fault> {
    let row = own(app, ctx, id).await?;
    file(app, &row).await
}
