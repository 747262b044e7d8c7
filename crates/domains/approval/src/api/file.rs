//! Files: materials of the applicant and papers of the office, both recorded as read.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use tb_contract::access::CaseUnmask;
use tb_http::{Ctx, Path, guard};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::file::{self, FileBytes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseUnmask, _>(routes!(material)))
        .routes(guard::<CaseUnmask, _>(routes!(paper)))
}

/// A file that the applicant handed in.
#[utoipa::path(
    get,
    path = "/cases/{id}/materials/{material_id}",
    params(("id" = CaseId, Path), ("material_id" = Uuid, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>))
)]
async fn material(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, material_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<Response> {
    Ok(answer(file::material(&app, &ctx, id, material_id).await?))
}

/// A paper as PDF; rendered now where nobody has opened it yet.
#[utoipa::path(
    get,
    path = "/cases/{id}/papers/{paper_id}",
    params(("id" = CaseId, Path), ("paper_id" = Uuid, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>))
)]
async fn paper(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, paper_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<Response> {
    Ok(answer(file::paper(&app, &ctx, id, paper_id).await?))
}

fn answer(file: FileBytes) -> Response {
    let name: String = file.name.bytes().map(percent).collect();
    let mut response = Response::new(Body::from(file.bytes));
    let disposition = format!("inline; filename*=UTF-8''{name}");
    for (header, value) in [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(header, value);
        }
    }
    response
}

/// One byte of a name as RFC 5987 writes it.
fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
