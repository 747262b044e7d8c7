//! What a counter may take in, its drafts, and what it has handed in.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CounterRead, CounterWrite};
use tb_contract::events::PaperRef;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::identity_number::mask_name;
use tb_kernel::{ApplicationId, Fault, Page, PageRequest};
use tb_storage::{Sealer, StorageError};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{counter, takes};
use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::sealed;
use crate::service::read::{cursor, opened};
use crate::store;
use crate::store::application::Application;
use crate::store::counter::{Belongs, Entry};

/// Kind of the paper that is handed over the counter.
const RECEIPT: &str = "material_receipt";

/// An item that the counter may take in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterItem {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Office that handles it.
    pub department_name: String,
    /// Whether it is taken in for another office, as the comprehensive counter (综窗).
    pub for_another: bool,
    /// Whether that office belongs to another division (异地事项).
    pub elsewhere: bool,
}

/// Which items to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CounterItemFilter {
    /// Words of the name or of the office, or the code.
    pub q: Option<String>,
    /// Items of other divisions (异地事项); without it those of one's own.
    #[serde(default)]
    pub elsewhere: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// What the counter may take in, by code.
pub(crate) async fn items(
    ctx: &Ctx<CounterWrite>,
    filter: CounterItemFilter,
) -> Result<Page<CounterItem>, Fault> {
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let (takes, limit) = (takes(ctx)?, request.limit());
    let words = filter.q.unwrap_or_default();
    let after = request.cursor.as_deref();
    let belongs = if filter.elsewhere {
        Belongs::Elsewhere
    } else {
        Belongs::Here
    };
    let which = (&takes, belongs);
    let rows = store::counter::items(&ctx.read(), which, &words, after, limit).await?;
    Ok(
        Page::from_surplus(rows, limit, |row| row.code.clone()).map(|row| CounterItem {
            for_another: row.department_code != takes.department_code,
            elsewhere: takes.is_elsewhere(&row),
            code: row.code,
            name: row.name,
            department_name: row.department_name,
        }),
    )
}

/// Which of the counter's applications to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CounterFilter {
    /// What was handed in; without it the drafts.
    #[serde(default)]
    pub handed: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// An application of the counter, with the applicant masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterRow {
    /// Id.
    pub id: ApplicationId,
    /// Case number; none before the hand-in.
    pub case_number: Option<String>,
    /// Item.
    pub item_name: String,
    /// Office that handles it.
    pub department_name: String,
    /// Name of the person, masked, or of the organisation.
    pub applicant: String,
    /// State.
    pub state: State,
    /// Who began it.
    pub begun_by: String,
    /// Who handed it in.
    pub handed_by: Option<String>,
    /// When.
    pub handed_at: Option<DateTime<Utc>>,
    /// Changed last.
    pub updated_at: DateTime<Utc>,
    /// The receipt that is handed over the counter, once the office has made it.
    pub receipt: Option<PaperRef>,
}

/// The counter's drafts, or what it has handed in, newest first.
pub(crate) async fn list(
    ctx: &Ctx<CounterRead>,
    filter: CounterFilter,
) -> Result<Page<CounterRow>, Fault> {
    let request = PageRequest {
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let (conn, limit, before) = (ctx.read(), request.limit(), cursor(&request)?);
    let department = counter(ctx)?.id.0;
    let entries = store::counter::list(&conn, department, filter.handed, before, limit).await?;
    let ids = entries.iter().map(|entry| entry.application_id).collect();
    let rows = store::application::of_ids(&conn, ids).await?;
    let rows: HashMap<Uuid, Application> = rows.into_iter().map(|row| (row.id, row)).collect();
    let Page { items, next_cursor } =
        Page::from_surplus(entries, limit, |entry| entry.application_id.to_string());
    let shown = items.into_iter().filter_map(|entry| {
        let row = rows.get(&entry.application_id)?;
        Some(line(ctx.store().sealer(), entry, row))
    });
    Ok(Page {
        items: shown.collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One that the counter handed in: its number, and the receipt as soon as there is one.
pub(crate) async fn handed(ctx: &Ctx<CounterRead>, id: ApplicationId) -> Result<CounterRow, Fault> {
    let (entry, row) = one(ctx, id).await?;
    Ok(line(ctx.store().sealer(), entry, &row)?)
}

/// The receipt as PDF; no other paper of the case is the counter's business.
pub(crate) async fn receipt(
    app: &App,
    ctx: &Ctx<CounterRead>,
    id: ApplicationId,
) -> Result<FileAnswer, Fault> {
    let (_, row) = one(ctx, id).await?;
    let paper = receipt_of(ctx.store().sealer(), &row)?.ok_or(Error::PaperNotFound)?;
    opened(app, ctx, paper).await
}

async fn one(ctx: &Ctx<CounterRead>, id: ApplicationId) -> Result<(Entry, Application), Fault> {
    let conn = ctx.read();
    let entry = store::counter::find_of(&conn, counter(ctx)?.id.0, id.0).await?;
    let entry = entry.ok_or(Error::ApplicationNotFound)?;
    let mut rows = store::application::of_ids(&conn, vec![id.0]).await?;
    Ok((entry, rows.pop().ok_or(Error::ApplicationNotFound)?))
}

fn receipt_of(sealer: &Sealer, row: &Application) -> Result<Option<PaperRef>, StorageError> {
    let papers = sealed::papers(sealer, row)?;
    Ok(papers.into_iter().find(|paper| paper.kind == RECEIPT))
}

fn line(sealer: &Sealer, entry: Entry, row: &Application) -> Result<CounterRow, StorageError> {
    let who = sealed::applicant(sealer, row)?;
    Ok(CounterRow {
        id: ApplicationId(row.id),
        case_number: row.number.clone(),
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        applicant: if who.agent_name.is_empty() {
            mask_name(&who.name)
        } else {
            who.name
        },
        state: sealed::state(row)?,
        begun_by: entry.begun_by_name,
        handed_by: entry.handed_by_name,
        handed_at: entry.handed_at,
        updated_at: row.updated_at,
        receipt: receipt_of(sealer, row)?,
    })
}
