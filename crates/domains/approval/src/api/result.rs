//! Attaching results that are no licence of the register, and opening them.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use tb_contract::access::{CaseClose, CaseUnmask};
use tb_http::{Ctx, DataForm, FileAnswer, Json, Path, data_with_files, guard, takes_enclosures};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::letter::LetterWritten;
use crate::app::App;
use crate::service::result::{self, AttachResult};

pub(super) fn routes() -> OpenApiRouter<App> {
    let attach = takes_enclosures(routes!(attach_result));
    OpenApiRouter::new()
        .routes(guard::<CaseClose, _>(attach))
        .routes(guard::<CaseUnmask, _>(routes!(result_file)))
}

/// Attaches a result, or puts it in the place of a wrong one with a reason; `data` is an `AttachResult`, and there
/// is one file at most: none where it is handed over on paper.
#[utoipa::path(post, path = "/cases/{id}/results", params(("id" = CaseId, Path)), request_body(content = DataForm, content_type = "multipart/form-data"), responses((status = 200, body = LetterWritten)))]
async fn attach_result(
    State(app): State<App>,
    ctx: Ctx<CaseClose>,
    Path(id): Path<CaseId>,
    multipart: Result<Multipart, MultipartRejection>,
) -> tb_http::Result<Json<LetterWritten>> {
    result::admit(&ctx, id.0).await?;
    let (body, files) = data_with_files::<AttachResult>(multipart, app.store().blobs()).await?;
    Ok(Json(result::attach(&app, &ctx, id.0, body, files).await?))
}

/// A file of a result; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/results/files/{file_id}", params(("id" = CaseId, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn result_file(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, file_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(result::file(&app, &ctx, id.0, file_id).await?)
}
