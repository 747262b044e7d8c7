//! Drafts that an assistant was let into: read, filled in, given files. Nothing else has a route here.

use std::time::Duration;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use tb_contract::access::AssistFill;
use tb_http::{Ctx, FileAnswer, Json, Path, Result, guard, takes_files};
use tb_kernel::{ApplicationId, MaterialId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::file::{MaterialUpload, receive};
use crate::app::App;
use crate::error::Error;
use crate::service::assist::fill::{Needs, expect_consent};
use crate::service::edit::{AnswerSituation, SaveForm};
use crate::service::upload::{FRAME, MAX_FILE};
use crate::service::{edit, read, upload};
use crate::view::{ApplicationFile, ApplicationView};

type Fill = Ctx<AssistFill>;

/// A draft in full; the reading is recorded.
#[utoipa::path(get, path = "/assist-desk/applications/{id}", params(("id" = ApplicationId, Path)), responses((status = 200, body = ApplicationView)))]
async fn read_assisted(
    State(app): State<App>,
    ctx: Fill,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationView>> {
    expect_consent(&ctx, id, Needs::Look).await?;
    Ok(Json(read::one(&app, &ctx, id).await?))
}

/// Saves the form.
#[utoipa::path(put, path = "/assist-desk/applications/{id}/form", params(("id" = ApplicationId, Path)), request_body = SaveForm, responses((status = 200, body = ApplicationView)))]
async fn save_assisted_form(
    State(app): State<App>,
    ctx: Fill,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SaveForm>,
) -> Result<Json<ApplicationView>> {
    expect_consent(&ctx, id, Needs::Fill).await?;
    Ok(Json(edit::save_form(&app, &ctx, id, body).await?))
}

/// Answers the situation guide anew.
#[utoipa::path(put, path = "/assist-desk/applications/{id}/situation", params(("id" = ApplicationId, Path)), request_body = AnswerSituation, responses((status = 200, body = ApplicationView)))]
async fn answer_assisted_situation(
    State(app): State<App>,
    ctx: Fill,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AnswerSituation>,
) -> Result<Json<ApplicationView>> {
    expect_consent(&ctx, id, Needs::Fill).await?;
    Ok(Json(edit::answer_situation(&app, &ctx, id, body).await?))
}

/// Uploads a file for one requirement.
#[utoipa::path(post, path = "/assist-desk/applications/{id}/materials", params(("id" = ApplicationId, Path)), request_body(content = MaterialUpload, content_type = "multipart/form-data"), responses((status = 200, body = ApplicationFile)))]
async fn upload_assisted(
    State(app): State<App>,
    ctx: Fill,
    Path(id): Path<ApplicationId>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<ApplicationFile>> {
    expect_consent(&ctx, id, Needs::Fill).await?;
    let place = upload::admit(&app, &ctx, id, &headers).await?;
    let multipart = multipart.map_err(|_| Error::MaterialUpload)?;
    let received = receive(multipart, ctx.store().blobs().spool()).await?;
    let kept = upload::upload(&app, &ctx, id, received).await?;
    drop(place);
    Ok(Json(kept))
}

/// Takes a file away.
#[utoipa::path(delete, path = "/assist-desk/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 204)))]
async fn delete_assisted_material(
    State(app): State<App>,
    ctx: Fill,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<StatusCode> {
    expect_consent(&ctx, id, Needs::Fill).await?;
    upload::remove(&app, &ctx, id, material).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file as it was uploaded; the reading is recorded.
#[utoipa::path(get, path = "/assist-desk/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_assisted_material(
    ctx: Fill,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<FileAnswer> {
    expect_consent(&ctx, id, Needs::Look).await?;
    Ok(read::material(&ctx, id, material).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let upload = takes_files(MAX_FILE + FRAME, Duration::ZERO, routes!(upload_assisted));
    OpenApiRouter::new()
        .routes(guard::<AssistFill, _>(routes!(read_assisted)))
        .routes(guard::<AssistFill, _>(routes!(save_assisted_form)))
        .routes(guard::<AssistFill, _>(routes!(answer_assisted_situation)))
        .routes(guard::<AssistFill, _>(upload))
        .routes(guard::<AssistFill, _>(routes!(delete_assisted_material)))
        .routes(guard::<AssistFill, _>(routes!(read_assisted_material)))
}
