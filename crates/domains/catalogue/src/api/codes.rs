//! Tables of codes: names and order as a division writes them.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CodeTableWrite, ItemBrowse};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Region;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::model::code_table::{CodeEntry, CodeTable, CodeView};
use crate::service::code_tables;

/// For which division.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// Division code; without it what holds for all of them.
    pub region: Option<Region>,
}

/// A table as it holds for a division.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CodeTableView {
    /// Which.
    pub table: CodeTable,
    /// Whether codes may be added and taken out.
    pub open: bool,
    /// The codes in their order.
    pub entries: Vec<CodeView>,
}

/// A table with what a division has written of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct KeptCodeTable {
    /// Which.
    pub table: CodeTable,
    /// Whether codes may be added and taken out.
    pub open: bool,
    /// The codes as they hold, in their order.
    pub entries: Vec<CodeView>,
    /// What the division itself has written.
    pub own: Vec<CodeEntry>,
    /// Version of what it has written, to be sent back with a change; 0: nothing.
    pub version: i64,
    /// Last change.
    pub updated_at: Option<DateTime<Utc>>,
    /// By whom.
    pub updated_by: Option<String>,
}

/// What a division writes of a table.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveCodeTable {
    /// Code of the division; empty: for all of them.
    #[serde(default)]
    pub region: String,
    /// Version that was read; 0 where nothing was written.
    pub version: i64,
    /// The codes in their order; none: everything is inherited.
    pub entries: Vec<CodeEntry>,
}

/// Lists the tables of codes.
#[utoipa::path(get, path = "/codes", params(CodeQuery), responses((status = 200, body = Listed<CodeTableView>)))]
async fn list_codes(
    State(catalogue): State<Catalogue>,
    Query(query): Query<CodeQuery>,
) -> Result<Json<Listed<CodeTableView>>> {
    Ok(Json(Listed {
        items: code_tables::list(&catalogue, query.region.as_ref()).await?,
    }))
}

/// Lists the tables of codes with what a division has written.
#[utoipa::path(get, path = "/manage/codes", params(CodeQuery), responses((status = 200, body = Listed<KeptCodeTable>)))]
async fn list_kept_codes(
    ctx: Ctx<CodeTableWrite>,
    Query(query): Query<CodeQuery>,
) -> Result<Json<Listed<KeptCodeTable>>> {
    Ok(Json(Listed {
        items: code_tables::list_kept(&ctx, query.region.as_ref()).await?,
    }))
}

/// Writes a table of a division.
#[utoipa::path(put, path = "/manage/codes/{table}", params(("table" = String, Path)), request_body = SaveCodeTable,
    responses((status = 200, body = KeptCodeTable)))]
async fn save_codes(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<CodeTableWrite>,
    Path(table): Path<String>,
    Json(body): Json<SaveCodeTable>,
) -> Result<Json<KeptCodeTable>> {
    Ok(Json(
        code_tables::save(&catalogue, &ctx, &table, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemBrowse, _>(routes!(list_codes)))
        .routes(guard::<CodeTableWrite, _>(routes!(list_kept_codes)))
        .routes(guard::<CodeTableWrite, _>(routes!(save_codes)))
}
