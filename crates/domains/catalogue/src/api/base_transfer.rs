//! The base catalogue as a file.

use std::time::Duration;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use serde::Deserialize;
use tb_contract::access::{BaseItemWrite, ItemManage};
use tb_contract::item::ItemType;
use tb_http::{Ctx, Json, Problem, Query, Result, guard, takes_files};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::import::{broken, not_a_form, refused, text};
use crate::api::transfer::ExportFormat;
use crate::catalogue::Catalogue;
use crate::error::field;
use crate::model::base_item::BaseStatus;
use crate::model::base_list::BasePackage;
use crate::model::publish_check::fault;
use crate::service::base_items::take;
use crate::service::import_items::ImportReport;

/// The largest list.
const MAX_FILE: usize = 32 * 1024 * 1024;
/// How long taking the largest list in may take.
const WORK: Duration = Duration::from_mins(10);

/// Which base items to export.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BaseExportQuery {
    /// `json` (by default), `csv` or `xlsx`.
    #[serde(default)]
    #[param(inline)]
    pub format: ExportFormat,
    /// A part of the name or code.
    pub q: Option<String>,
    /// State.
    pub status: Option<BaseStatus>,
    /// Type.
    pub item_type: Option<ItemType>,
}

/// The parts of the form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only the OpenAPI document reads it; the parts are read one by one"
)]
struct BaseImportForm {
    /// CSV or workbook (.xlsx) with the columns `base_code, name, item_type` and, where there are any, `organ, levels,
    /// legal_term, legal_bases, note, effective_from`; or a package as the export writes it.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `true`: what is taken in is published at once.
    publish: Option<bool>,
    /// `true`: only report what would happen.
    dry_run: Option<bool>,
}

/// A list to take in.
#[derive(Debug)]
pub(crate) struct BaseImportRequest {
    pub file: Vec<u8>,
    pub publish: bool,
    pub dry_run: bool,
}

impl<S: Send + Sync> FromRequest<S> for BaseImportRequest {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| not_a_form(&error))?;
        let (mut file, mut publish, mut dry_run) = (None, false, false);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            match part.name().unwrap_or_default() {
                "file" => file = Some(part.bytes().await.map_err(|error| broken(&error))?.to_vec()),
                "publish" => publish = text(part).await? == "true",
                "dry_run" => dry_run = text(part).await? == "true",
                _ => {}
            }
        }
        let file = file.ok_or_else(|| refused(vec![fault("/file", field::REQUIRED)]))?;
        Ok(Self {
            file,
            publish,
            dry_run,
        })
    }
}

/// Exports the base catalogue.
#[utoipa::path(get, path = "/manage/base-items/export", params(BaseExportQuery),
    responses((status = 200, body = BasePackage)))]
async fn export_base_items(
    ctx: Ctx<ItemManage>,
    Query(query): Query<BaseExportQuery>,
) -> Result<Response> {
    let format = query.format;
    format.answer("base-items", take::export(&ctx, query).await?)
}

/// Takes a list of base items in.
#[utoipa::path(post, path = "/manage/base-items/import", request_body(content = BaseImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport)))]
async fn import_base_items(
    ctx: Ctx<BaseItemWrite>,
    request: BaseImportRequest,
) -> Result<Json<ImportReport>> {
    Ok(Json(take::import(&ctx, request).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    let import = takes_files(MAX_FILE, WORK, routes!(import_base_items));
    OpenApiRouter::new()
        .routes(guard::<ItemManage, _>(routes!(export_base_items)))
        .routes(guard::<BaseItemWrite, _>(import))
}
