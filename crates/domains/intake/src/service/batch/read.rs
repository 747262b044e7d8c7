//! Looking at one's batches.

use std::collections::HashMap;

use serde::Deserialize;
use tb_contract::access::ApplicationRead;
use tb_http::Ctx;
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use utoipa::IntoParams;
use uuid::Uuid;

use super::trial::no_sheet;
use super::{item_of, own};
use crate::app::App;
use crate::model::State;
use crate::model::batch::BatchRowState;
use crate::model::batch_sheet::Sheet;
use crate::service::edit::document;
use crate::service::read::cursor;
use crate::store;
use crate::store::application::Application;
use crate::store::batch::{BatchRow, Rows};
use crate::view::batch::{BatchLine, BatchRowView, BatchView, lines, row_view, view};

/// Which batches to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BatchFilter {
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Batches wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Which rows of a batch to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BatchRowFilter {
    /// State of the row (`faulty`, `ready`, `made`, `refused`) or of its application.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// The caller's batches, newest first.
pub(crate) async fn list(
    ctx: &Ctx<ApplicationRead>,
    filter: BatchFilter,
) -> Result<Page<BatchLine>, Fault> {
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let limit = request.limit();
    let conn = ctx.read();
    let found = store::batch::list(&conn, ctx.scope(), cursor(&request)?, limit).await?;
    let Page { items, next_cursor } = Page::from_surplus(found, limit, |one| one.id.to_string());
    Ok(Page {
        items: lines(&conn, items).await?,
        next_cursor,
    })
}

/// A batch of the caller's.
pub(crate) async fn one(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
) -> Result<BatchView, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    view(app, ctx, &conn, &batch).await
}

/// Rows of a batch, in their order.
pub(crate) async fn rows(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
    filter: BatchRowFilter,
) -> Result<Page<BatchRowView>, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let bad = || Fault::new(ErrorKind::Invalid, "http.bad_cursor");
    let after = request.cursor.as_deref().map(str::parse::<i32>).transpose();
    let word = filter.state.as_deref().unwrap_or_default();
    let state: Vec<_> = BatchRowState::parse(word).into_iter().collect();
    let which = Rows {
        states: &state,
        application: State::parse(word).map(State::as_str),
        after: after.map_err(|_| bad())?.unwrap_or_default(),
    };
    let unknown = !word.is_empty() && state.is_empty() && which.application.is_none();
    let limit = request.limit();
    let found = if unknown {
        Vec::new()
    } else {
        store::batch::rows(&conn, id, which, limit + 1).await?
    };
    let page = Page::from_surplus(found, limit, |row: &BatchRow| row.seq.to_string());
    let made = applications(ctx, &page.items).await?;
    let item = item_of(app, &conn, &batch).await?;
    let sheet = Sheet::of(document(&item)?).ok_or_else(no_sheet)?;
    let items = page.items.iter().map(|row| {
        let application = row.application_id.and_then(|id| made.get(&id));
        row_view(ctx, &sheet, row, application)
    });
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        next_cursor: page.next_cursor,
    })
}

/// What became of rows, by id.
pub(super) async fn applications<P>(
    ctx: &Ctx<P>,
    rows: &[BatchRow],
) -> Result<HashMap<Uuid, Application>, Fault> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.application_id).collect();
    let mut made = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let found = store::application::of_ids(&ctx.read(), some.to_vec()).await?;
        made.extend(found.into_iter().map(|row| (row.id, row)));
    }
    Ok(made)
}
