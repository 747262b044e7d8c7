//! Files: upload, download, take away; papers.

use std::time::Duration;

use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{
    Ctx, FileAnswer, Json, PartError, Path, Result, file_part, guard, takes_files, text_part,
};
use tb_kernel::{ApplicationId, Fault, MaterialId};
use tb_storage::{Spool, StorageError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::service::upload::{FRAME, MAX_FILE, Upload, too_large};
use crate::service::{read, upload};
use crate::view::ApplicationFile;

/// The longest text beside a file.
const MAX_TEXT: usize = 256;

/// The form of an upload, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the parts are read one by one"
)]
pub(super) struct MaterialUpload {
    /// What it answers: a requirement id, or `form.<key>` for an attachment field.
    requirement_id: String,
    /// The file: pdf, jpg, png, docx, xlsx or ofd, at most 50 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Uploads a file for one requirement.
#[utoipa::path(post, path = "/applications/{id}/materials", params(("id" = ApplicationId, Path)), request_body(content = MaterialUpload, content_type = "multipart/form-data"), responses((status = 200, body = ApplicationFile)))]
async fn upload_material(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
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
#[utoipa::path(delete, path = "/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 204)))]
async fn delete_material(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<StatusCode> {
    upload::remove(&app, &ctx, id, material).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file as it was uploaded.
#[utoipa::path(get, path = "/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_material(
    ctx: Ctx<ApplicationRead>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<FileAnswer> {
    Ok(read::material(&ctx, id, material).await?)
}

/// A paper as PDF; rendered now where nobody has opened it yet.
#[utoipa::path(get, path = "/applications/{id}/papers/{paper_id}", params(("id" = ApplicationId, Path), ("paper_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
async fn read_paper(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Path((id, paper)): Path<(ApplicationId, Uuid)>,
) -> Result<FileAnswer> {
    Ok(read::paper(&app, &ctx, id, paper).await?)
}

/// Reads the parts of an upload, in whatever order they come, and stops at the bound.
pub(super) async fn receive(mut multipart: Multipart, spool: Spool) -> Result<Upload, Fault> {
    let (mut requirement_id, mut file, mut spool) = (None, None, Some(spool));
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| unfit(PartError::from(&error)))?
    {
        match (field.name(), spool.take()) {
            (Some("requirement_id"), kept) => {
                requirement_id = Some(short_text(field).await?);
                spool = kept;
            }
            (Some("file"), Some(mut spool)) => {
                let name = field.file_name().unwrap_or_default().to_owned();
                file_part(field, &mut spool, MAX_FILE)
                    .await
                    .map_err(unfit)?;
                file = Some((name, spool.finish().await.map_err(StorageError::from)?));
            }
            _ => return Err(Error::MaterialUpload.into()),
        }
    }
    let (Some(requirement_id), Some((file_name, content))) = (requirement_id, file) else {
        return Err(Error::MaterialUpload.into());
    };
    Ok(Upload {
        requirement_id,
        file_name,
        content,
    })
}

/// A short text.
pub(super) async fn short_text(field: Field<'_>) -> Result<String, Fault> {
    let text = text_part(field, MAX_TEXT).await;
    Ok(text.map_err(|_| Error::MaterialUpload)?)
}

/// A part that could not be taken, in intake's words.
pub(super) fn unfit(error: PartError) -> Fault {
    match error {
        PartError::Broken => Error::MaterialUpload.into(),
        PartError::TooLarge => too_large().into(),
        PartError::Storage(error) => error.into(),
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let upload = takes_files(MAX_FILE + FRAME, Duration::ZERO, routes!(upload_material));
    OpenApiRouter::new()
        .routes(guard::<ApplicationWrite, _>(upload))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_material)))
        .routes(guard::<ApplicationRead, _>(routes!(read_material)))
        .routes(guard::<ApplicationRead, _>(routes!(read_paper)))
}
