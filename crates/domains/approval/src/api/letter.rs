//! Writing to the applicant of a case, and what he wrote.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CaseUnmask, LetterRead, LetterWrite};
use tb_http::{
    Ctx, FileAnswer, Json, Path, Query, WordsForm, guard, takes_enclosures, words_with_files,
};
use tb_kernel::CaseId;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::view::LetterView;
use crate::app::App;
use crate::service::letter;

pub(super) fn routes() -> OpenApiRouter<App> {
    let write = takes_enclosures(routes!(write_letter));
    OpenApiRouter::new()
        .routes(guard::<LetterRead, _>(routes!(list_letters)))
        .routes(guard::<LetterWrite, _>(write))
        .routes(guard::<LetterWrite, _>(routes!(settle_letters)))
        .routes(guard::<CaseUnmask, _>(routes!(letter_file)))
}

/// A letter went out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterWritten {
    /// Version of the case behind it.
    pub version: i64,
}

/// What the writer has before him.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SeenLetters {
    /// Place in the history of the last letter that he has seen; 0: none.
    #[serde(default)]
    pub seen: i32,
}

/// What needs no answer.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SettleLetters {
    /// Place in the history of the last letter that the caller has seen.
    pub seen: i32,
}

/// What applicant and office wrote to each other, oldest first; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/letters", params(("id" = CaseId, Path)), responses((status = 200, body = Vec<LetterView>)))]
async fn list_letters(
    State(app): State<App>,
    ctx: Ctx<LetterRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Vec<LetterView>>> {
    Ok(Json(letter::list(&app, &ctx, id.0).await?))
}

/// Writes to the applicant; what he wrote up to `seen` counts as answered.
#[utoipa::path(post, path = "/cases/{id}/letters", params(("id" = CaseId, Path), SeenLetters), request_body(content = WordsForm, content_type = "multipart/form-data"), responses((status = 200, body = LetterWritten)))]
async fn write_letter(
    State(app): State<App>,
    ctx: Ctx<LetterWrite>,
    Path(id): Path<CaseId>,
    Query(query): Query<SeenLetters>,
    multipart: Result<Multipart, MultipartRejection>,
) -> tb_http::Result<Json<LetterWritten>> {
    letter::admit(&ctx, id.0).await?;
    let brought = words_with_files(multipart, app.store().blobs()).await?;
    Ok(Json(
        letter::write(&app, &ctx, id.0, query.seen, brought).await?,
    ))
}

/// Notes that what the applicant wrote needs no answer.
#[utoipa::path(post, path = "/cases/{id}/letters/settle", params(("id" = CaseId, Path)), request_body = SettleLetters, responses((status = 200)))]
async fn settle_letters(
    State(app): State<App>,
    ctx: Ctx<LetterWrite>,
    Path(id): Path<CaseId>,
    Json(body): Json<SettleLetters>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(letter::settle(&app, &ctx, id.0, body.seen).await?))
}

/// A file of a letter; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/letters/files/{file_id}", params(("id" = CaseId, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn letter_file(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, file_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(letter::file(&app, &ctx, id.0, file_id).await?)
}
