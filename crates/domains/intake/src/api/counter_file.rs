//! Files of the counter's drafts: what comes off its scanner.

use std::time::Duration;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use tb_contract::access::{CounterRead, CounterWrite};
use tb_http::{Ctx, FileAnswer, Json, Path, Result, guard, takes_files};
use tb_kernel::{ApplicationId, MaterialId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::file::{MaterialUpload, receive};
use crate::app::App;
use crate::error::Error;
use crate::service::upload::{FRAME, MAX_FILE};
use crate::service::{read, upload};
use crate::view::ApplicationFile;

/// Uploads a file for one requirement of a draft of the counter.
#[utoipa::path(post, path = "/counter/applications/{id}/materials", params(("id" = ApplicationId, Path)), request_body(content = MaterialUpload, content_type = "multipart/form-data"), responses((status = 200, body = ApplicationFile)))]
async fn upload_at_counter(
    State(app): State<App>,
    ctx: Ctx<CounterWrite>,
    Path(id): Path<ApplicationId>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<ApplicationFile>> {
    let place = upload::admit(&app, &ctx, id, &headers).await?;
    let multipart = multipart.map_err(|_| Error::MaterialUpload)?;
    let received = receive(multipart, ctx.store().blobs().spool()).await?;
    let kept = upload::upload(&app, &ctx, id, received).await?;
    drop(place);
    Ok(Json(kept))
}

/// Takes a file away.
#[utoipa::path(delete, path = "/counter/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 204)))]
async fn delete_counter_material(
    State(app): State<App>,
    ctx: Ctx<CounterWrite>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<StatusCode> {
    upload::remove(&app, &ctx, id, material).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file as it was uploaded.
#[utoipa::path(get, path = "/counter/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_counter_material(
    ctx: Ctx<CounterRead>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<FileAnswer> {
    Ok(read::material(&ctx, id, material).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let upload = takes_files(MAX_FILE + FRAME, Duration::ZERO, routes!(upload_at_counter));
    OpenApiRouter::new()
        .routes(guard::<CounterWrite, _>(upload))
        .routes(guard::<CounterWrite, _>(routes!(delete_counter_material)))
        .routes(guard::<CounterRead, _>(routes!(read_counter_material)))
}
