//! Items between installations, copies of items, and where an item is used.

use std::time::Duration;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tb_contract::access::{ItemImport, ItemManage, ItemWrite};
use tb_http::{Ctx, Json, Path, Problem, Query, Result, guard, takes_files};
use tb_kernel::Fault;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::import::{broken, not_a_form, refused, text};
use crate::api::manage_items::ItemSaved;
use crate::catalogue::Catalogue;
use crate::error::field;
use crate::model::ItemStatus;
use crate::model::package::ItemPackage;
use crate::model::publish_check::fault;
use crate::service::import_items::ImportReport;
use crate::service::transfer::{export, take};
use crate::service::{copy_item, item_uses};

/// The largest package.
const MAX_FILE: usize = 64 * 1024 * 1024;
/// How long taking the largest package in may take.
const WORK: Duration = Duration::from_mins(10);

/// The form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Everything, for another installation.
    #[default]
    Json,
    /// The main columns, for other systems.
    Csv,
    /// The main columns, for people.
    Xlsx,
}

impl ExportFormat {
    /// The file as an answer; `name` without its ending.
    pub(super) fn answer(self, name: &str, bytes: Bytes) -> Result<Response> {
        let (media, ending) = match self {
            Self::Json => ("application/json", "json"),
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
            Self::Xlsx => (tb_sheet::MEDIA_TYPE, "xlsx"),
        };
        let disposition = format!("attachment; filename=\"{name}.{ending}\"");
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(media)),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::try_from(disposition).map_err(Fault::internal)?,
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        Ok((headers, bytes).into_response())
    }
}

/// Which items to export.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `json` (by default), `csv` or `xlsx`.
    #[serde(default)]
    #[param(inline)]
    pub format: ExportFormat,
    /// A part of the name or code.
    pub q: Option<String>,
    /// State.
    pub status: Option<ItemStatus>,
    /// Code of the department.
    pub department: Option<String>,
    /// Implementation code: this item alone.
    pub code: Option<String>,
    /// `true`: only derived items whose parent has a newer version than they, or what is in force of them, were made from, or is withdrawn.
    pub behind: Option<bool>,
}

/// The parts of the form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only the OpenAPI document reads it; the parts are read one by one"
)]
struct PackageForm {
    /// A package as the export writes it.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `true`: write over unpublished changes.
    overwrite: Option<bool>,
    /// `true`: only report what would happen.
    dry_run: Option<bool>,
}

/// A package to take in.
#[derive(Debug)]
pub(crate) struct PackageRequest {
    pub file: Vec<u8>,
    pub overwrite: bool,
    pub dry_run: bool,
}

impl<S: Send + Sync> FromRequest<S> for PackageRequest {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| not_a_form(&error))?;
        let (mut file, mut overwrite, mut dry_run) = (None, false, false);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            match part.name().unwrap_or_default() {
                "file" => file = Some(part.bytes().await.map_err(|error| broken(&error))?.to_vec()),
                "overwrite" => overwrite = text(part).await? == "true",
                "dry_run" => dry_run = text(part).await? == "true",
                _ => {}
            }
        }
        let file = file.ok_or_else(|| refused(vec![fault("/file", field::REQUIRED)]))?;
        Ok(Self {
            file,
            overwrite,
            dry_run,
        })
    }
}

/// A copy of an item.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CopyItem {
    /// Code of the copy.
    pub code: String,
    /// Its name; without it that of the source.
    #[serde(default)]
    pub name: Option<String>,
    /// Its department; without it that of the source.
    #[serde(default)]
    pub department_code: Option<String>,
}

/// How an item is named by another, or by a joint matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// As one to be done before it.
    Preceding,
    /// As one that follows it.
    Following,
    /// As part of a joint matter (一件事).
    Joint,
    /// As what it is derived from (沿用).
    Derived,
    /// As what issues a licence that replaces one of its materials.
    Licence,
}

/// An item or a joint matter that names this one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemUse {
    /// How.
    pub kind: UseKind,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its department.
    pub department_name: String,
}

/// Where an item is used.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemUses {
    /// What names it; of the items that are derived from it the first hundred by code.
    pub items: Vec<ItemUse>,
    /// How many items within reach are derived from it.
    pub derived: u64,
}

/// Exports the items within reach, at most 5,000 at a time.
#[utoipa::path(get, path = "/manage/export", params(ExportQuery),
    responses((status = 200, body = ItemPackage)))]
async fn export_items(ctx: Ctx<ItemManage>, Query(query): Query<ExportQuery>) -> Result<Response> {
    let format = query.format;
    format.answer("items", export::export_items(&ctx, query).await?)
}

/// Takes a package in: new and changed items become working copies, to be published by hand.
#[utoipa::path(post, path = "/manage/packages", request_body(content = PackageForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport)))]
async fn take_package(ctx: Ctx<ItemImport>, request: PackageRequest) -> Result<Json<ImportReport>> {
    let report = Box::pin(take::take_package(&ctx, request)).await?;
    Ok(Json(report))
}

/// Creates a draft after another item.
#[utoipa::path(post, path = "/manage/items/{code}/copy", params(("code" = String, Path)), request_body = CopyItem,
    responses((status = 200, body = ItemSaved)))]
async fn copy(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<CopyItem>,
) -> Result<Json<ItemSaved>> {
    Ok(Json(copy_item::copy_item(&ctx, &code, body).await?))
}

/// Lists the published items that name this one.
#[utoipa::path(get, path = "/manage/items/{code}/uses", params(("code" = String, Path)),
    responses((status = 200, body = ItemUses)))]
async fn list_uses(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemManage>,
    Path(code): Path<String>,
) -> Result<Json<ItemUses>> {
    let uses = item_uses::list_uses(&catalogue, &ctx, &code).await?;
    Ok(Json(uses))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    let packages = takes_files(MAX_FILE, WORK, routes!(take_package));
    OpenApiRouter::new()
        .routes(guard::<ItemManage, _>(routes!(export_items)))
        .routes(guard::<ItemImport, _>(packages))
        .routes(guard::<ItemWrite, _>(routes!(copy)))
        .routes(guard::<ItemManage, _>(routes!(list_uses)))
}
