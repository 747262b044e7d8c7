//! Exchange records as files. A `POST`, since a reason that names people has no place in an address.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use tb_contract::access::CaseExport;
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::batch_body::BatchFilter;
use crate::app::App;
use crate::exchange::Format;
use crate::service::export;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseExport, _>(routes!(export_case)))
        .routes(guard::<CaseExport, _>(routes!(export_cases)))
}

/// How one case is to be written, and why it is wanted.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ExportCase {
    /// Format.
    pub format: Format,
    /// For whom and why, 5 to 500 characters; kept in the audit trail.
    pub reason: String,
}

/// Which cases are to be written and how, and why they are wanted.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ExportCases {
    /// Format.
    pub format: Format,
    /// For whom and why, 5 to 500 characters; kept in the audit trail.
    pub reason: String,
    /// The list's filter.
    pub filter: BatchFilter,
}

/// The exchange records of one case, unmasked.
#[utoipa::path(
    post,
    path = "/cases/{id}/exchange",
    params(("id" = CaseId, Path)),
    request_body = ExportCase,
    responses((status = 200, content_type = "application/octet-stream", body = String))
)]
async fn export_case(
    State(app): State<App>,
    ctx: Ctx<CaseExport>,
    Path(id): Path<CaseId>,
    Json(body): Json<ExportCase>,
) -> tb_http::Result<Response> {
    let format = body.format;
    let (name, text) = export::one(&app, &ctx, id, body).await?;
    Ok(file(&name, format, Body::from(text)))
}

/// The exchange records of the cases that a filter finds, unmasked; 10,000 at most.
#[utoipa::path(
    post,
    path = "/exchange",
    request_body = ExportCases,
    responses((status = 200, content_type = "application/octet-stream", body = String))
)]
async fn export_cases(
    State(app): State<App>,
    ctx: Ctx<CaseExport>,
    Json(body): Json<ExportCases>,
) -> tb_http::Result<Response> {
    let format = body.format;
    let (name, pieces) = export::many(&app, &ctx, body).await?;
    Ok(file(&name, format, Body::from_stream(pieces)))
}

/// Names are of digits, letters and hyphens: case numbers, days, counts.
fn file(name: &str, format: Format, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.media_type()),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    headers.insert(
        header::CONTENT_DISPOSITION,
        disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
    );
    response
}
