//! Files: materials of the applicant and papers of the office, both recorded as read.

use axum::extract::State;
use tb_contract::access::CaseUnmask;
use tb_http::{Ctx, FileAnswer, Path, guard};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::file;

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
) -> tb_http::Result<FileAnswer> {
    Ok(file::material(&app, &ctx, id, material_id).await?)
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
) -> tb_http::Result<FileAnswer> {
    Ok(file::paper(&app, &ctx, id, paper_id).await?)
}
