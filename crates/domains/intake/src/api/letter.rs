//! Writing to the office that has a case, and what it wrote.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{
    Ctx, FileAnswer, Json, Path, Result, WordsForm, guard, takes_enclosures, words_with_files,
};
use tb_kernel::ApplicationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::letter;
use crate::view::ApplicationView;

/// Writes to the office that has the case.
#[utoipa::path(post, path = "/applications/{id}/letters", params(("id" = ApplicationId, Path)), request_body(content = WordsForm, content_type = "multipart/form-data"), responses((status = 200, body = ApplicationView)))]
async fn write_letter(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<ApplicationId>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<ApplicationView>> {
    let place = letter::admit(&app, &ctx, id, &headers).await?;
    let brought = words_with_files(multipart, ctx.store().blobs()).await?;
    let answer = letter::write(&app, &ctx, id, brought).await?;
    drop(place);
    Ok(Json(answer))
}

/// A file of a letter.
#[utoipa::path(get, path = "/applications/{id}/letters/files/{file_id}", params(("id" = ApplicationId, Path), ("file_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_letter_file(
    ctx: Ctx<ApplicationRead>,
    Path((id, file)): Path<(ApplicationId, Uuid)>,
) -> Result<FileAnswer> {
    Ok(letter::file(&ctx, id, file).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let write = takes_enclosures(routes!(write_letter));
    OpenApiRouter::new()
        .routes(guard::<ApplicationWrite, _>(write))
        .routes(guard::<ApplicationRead, _>(routes!(read_letter_file)))
}
