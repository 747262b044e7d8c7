//! Import of item lists.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use tb_contract::access::ItemImport;
use tb_http::{Ctx, Json, Problem, Result, guard, takes_files};
use tb_kernel::{Fault, FieldFault, Region};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::catalogue::Catalogue;
use crate::error::{Error, field};
use crate::model::publish_check::fault;
use crate::service::import_items::{self, ImportReport};

/// The largest list: some hundred thousand rows.
const MAX_FILE: usize = 32 * 1024 * 1024;
/// How long the import of the largest list may take.
const WORK: Duration = Duration::from_mins(10);

/// The parts of the form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only the OpenAPI document reads it; the parts are read one by one"
)]
struct ImportForm {
    /// CSV or workbook (.xlsx) with the columns `department, category, name, item_code, item_type,
    /// office_code`, or their Chinese headings.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Division code of the region whose offices handle the items.
    region: String,
    /// `true`: the items are marked as sample data.
    sample: Option<bool>,
    /// `true`: only report what would happen.
    dry_run: Option<bool>,
}

/// A list to import.
#[derive(Debug)]
pub(crate) struct ImportRequest {
    pub file: Vec<u8>,
    pub region: Region,
    pub sample: bool,
    pub dry_run: bool,
}

impl<S: Send + Sync> FromRequest<S> for ImportRequest {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| not_a_form(&error))?;
        let (mut file, mut region, mut sample, mut dry_run) = (None, String::new(), false, false);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            match part.name().unwrap_or_default() {
                "file" => file = Some(part.bytes().await.map_err(|error| broken(&error))?.to_vec()),
                "region" => region = text(part).await?,
                "sample" => sample = text(part).await? == "true",
                "dry_run" => dry_run = text(part).await? == "true",
                _ => {}
            }
        }
        let (file, region) = (
            file.ok_or(fault("/file", field::REQUIRED)),
            Region::parse(region.trim()).ok_or(fault("/region", field::REGION)),
        );
        match (file, region) {
            (Ok(file), Ok(region)) => Ok(Self {
                file,
                region,
                sample,
                dry_run,
            }),
            (file, region) => Err(refused(
                file.err().into_iter().chain(region.err()).collect(),
            )),
        }
    }
}

pub(super) async fn text(part: Field<'_>) -> Result<String> {
    part.text().await.map_err(|error| broken(&error))
}

pub(super) fn refused(faults: Vec<FieldFault>) -> Problem {
    Problem(Fault::fields(
        Fault::from(Error::ImportInvalid).code,
        faults,
    ))
}

pub(super) fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::FileTooLarge {
            max: "32 MiB".to_owned(),
        }
        .into();
    }
    Error::FileUnreadable {
        reason: error.body_text(),
    }
    .into()
}

pub(super) fn not_a_form(error: &MultipartRejection) -> Problem {
    Error::FileUnreadable {
        reason: error.body_text(),
    }
    .into()
}

/// Imports a list of items as guides.
#[utoipa::path(post, path = "/manage/import", request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport)))]
async fn import(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemImport>,
    request: ImportRequest,
) -> Result<Json<ImportReport>> {
    Ok(Json(
        import_items::import_list(&catalogue, &ctx, request).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    let import = takes_files(MAX_FILE, WORK, routes!(import));
    OpenApiRouter::new().routes(guard::<ItemImport, _>(import))
}
