//! `/channel`: the cases that passed through the centre.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::ChannelRead;
use tb_http::{Ctx, Json, Query, guard};
use tb_kernel::{ErrorKind, Fault, Page, PageRequest, Region};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::model::Channel;
use crate::{App, store};

/// A case in the exchange.
#[derive(Debug, Serialize, ToSchema)]
struct ChannelView {
    /// Case number.
    number: String,
    /// Item.
    item_name: String,
    /// Credit code of the department.
    department_code: String,
    /// Name of the department.
    department_name: String,
    /// Region.
    region: Region,
    /// Version of the application last handed to the department.
    application_version: i64,
    /// Version of the case last handed back; 0 before the first.
    case_version: i64,
    /// State as the department last said.
    case_state: String,
    /// When the centre took it in.
    taken_at: DateTime<Utc>,
    /// When something last went back to the applicant.
    fed_back_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ChannelQuery {
    /// Start of a case number.
    q: Option<String>,
    /// Where the last page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    limit: Option<u32>,
}

impl ChannelQuery {
    fn page(&self) -> PageRequest {
        PageRequest {
            cursor: self.cursor.clone(),
            limit: self.limit,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<ChannelRead, _>(routes!(list)))
}

/// Cases that passed through the centre, newest first, within the operator's region.
#[utoipa::path(get, path = "/channel", params(ChannelQuery), responses((status = 200, body = Page<ChannelView>)))]
async fn list(
    ctx: Ctx<ChannelRead>,
    Query(query): Query<ChannelQuery>,
) -> tb_http::Result<Json<Page<ChannelView>>> {
    let limit = query.page().limit();
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    let rows = store::channels(
        &ctx.read(),
        ctx.scope(),
        query.q.as_deref(),
        after,
        limit + 1,
    )
    .await?;
    let codes = rows.iter().map(|row| row.department_code.clone()).collect();
    let names = store::department_names(&ctx.read(), codes).await?;
    let page = Page::from_surplus(rows, limit, cursor);
    Ok(Json(page.map(|row| view(row, &names))))
}

fn view(row: Channel, names: &std::collections::HashMap<String, String>) -> ChannelView {
    ChannelView {
        department_name: names.get(&row.department_code).cloned().unwrap_or_default(),
        number: row.number,
        item_name: row.item_name,
        department_code: row.department_code,
        region: row.region,
        application_version: row.application_version,
        case_version: row.case_version,
        case_state: row.case_state,
        taken_at: row.taken_at,
        fed_back_at: row.fed_back_at,
    }
}

fn cursor(row: &Channel) -> String {
    format!(
        "{}~{}",
        row.taken_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        row.number
    )
}

fn read_cursor(text: &str) -> Result<(DateTime<Utc>, String), Fault> {
    let bad = || Fault::new(ErrorKind::Invalid, "http.bad_cursor");
    let (at, number) = text.split_once('~').ok_or_else(bad)?;
    Ok((at.parse().map_err(|_| bad())?, number.to_owned()))
}
