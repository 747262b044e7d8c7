//! The vault of materials (材料库): one's own documents, and taking them into applications.

use std::time::Duration;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use chrono::NaiveDate;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{
    Ctx, FileAnswer, Json, PartError, Path, Query, Result, file_part, guard, takes_files,
};
use tb_kernel::{ApplicationId, Fault, Page, PageRequest};
use tb_storage::{Spool, StorageError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::file::{short_text, unfit};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::service::upload::{FRAME, MAX_FILE};
use crate::service::vault::attach::{self, TakeFromVault, VaultFit};
use crate::service::vault::change::{self, ChangeVaultDocument};
use crate::service::vault::keep::{self, Paper};
use crate::service::vault::read::{self, VaultDetail, VaultDocument};
use crate::view::ApplicationFile;

/// The form of a document for the vault, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the parts are read one by one"
)]
struct VaultUpload {
    /// What it is; one of the same name becomes the next edition.
    name: String,
    /// Last day on which it is good, where it has one.
    valid_until: Option<NaiveDate>,
    /// The file: pdf, jpg, png, docx, xlsx or ofd, at most 50 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Lists one's own documents, newest first.
#[utoipa::path(get, path = "/vault/documents", params(PageRequest), responses((status = 200, body = Page<VaultDocument>)))]
async fn list_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<VaultDocument>>> {
    Ok(Json(read::list(&app, &ctx, page).await?))
}

/// One document with its editions and what it was used for.
#[utoipa::path(get, path = "/vault/documents/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = VaultDetail)))]
async fn read_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Path(id): Path<Uuid>,
) -> Result<Json<VaultDetail>> {
    Ok(Json(read::one(&app, &ctx, id).await?))
}

/// A file of a document.
#[utoipa::path(get, path = "/vault/documents/{id}/files/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_vault_file(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<FileAnswer> {
    Ok(read::file(&app, &ctx, id, file).await?)
}

/// Puts a document into the vault; one of the same name becomes its next edition.
#[utoipa::path(post, path = "/vault/documents", request_body(content = VaultUpload, content_type = "multipart/form-data"), responses((status = 200, body = VaultDetail)))]
async fn keep_in_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<VaultDetail>> {
    let place = keep::admit(&app, &ctx, &headers).await?;
    let multipart = multipart.map_err(|_| Error::MaterialUpload)?;
    let paper = receive(multipart, ctx.store().blobs().spool()).await?;
    let kept = keep::keep(&app, &ctx, paper).await?;
    drop(place);
    Ok(Json(kept))
}

/// Sets the last day of a document.
#[utoipa::path(put, path = "/vault/documents/{id}", params(("id" = Uuid, Path)), request_body = ChangeVaultDocument, responses((status = 200, body = VaultDetail)))]
async fn change_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeVaultDocument>,
) -> Result<Json<VaultDetail>> {
    Ok(Json(change::change(&app, &ctx, id, body).await?))
}

/// Takes a document out of the vault; applications keep their files.
#[utoipa::path(delete, path = "/vault/documents/{id}", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode> {
    change::delete(&app, &ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What of the vault fits the materials of an application that may be changed now.
#[utoipa::path(get, path = "/applications/{id}/vault", params(("id" = ApplicationId, Path)), responses((status = 200, body = Vec<VaultFit>)))]
async fn list_vault_fits(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<Vec<VaultFit>>> {
    Ok(Json(attach::fits(&app, &ctx, id).await?))
}

/// Takes a document of the vault for a material; nothing is uploaded.
#[utoipa::path(post, path = "/applications/{id}/vault", params(("id" = ApplicationId, Path)), request_body = TakeFromVault, responses((status = 200, body = Vec<ApplicationFile>)))]
async fn take_from_vault(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<ApplicationId>,
    Json(body): Json<TakeFromVault>,
) -> Result<Json<Vec<ApplicationFile>>> {
    Ok(Json(attach::take(&app, &ctx, id, body).await?))
}

/// Reads the parts of an upload, in whatever order they come, and stops at the bound.
async fn receive(mut multipart: Multipart, spool: Spool) -> std::result::Result<Paper, Fault> {
    let (mut name, mut until, mut file, mut spool) = (None, String::new(), None, Some(spool));
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| unfit(PartError::from(&error)))?
    {
        match field.name() {
            Some("name") => name = Some(short_text(field).await?),
            Some("valid_until") => until = short_text(field).await?,
            Some("file") => {
                let mut spool = spool.take().ok_or(Error::MaterialUpload)?;
                let file_name = field.file_name().unwrap_or_default().to_owned();
                file_part(field, &mut spool, MAX_FILE)
                    .await
                    .map_err(unfit)?;
                let content = spool.finish().await.map_err(StorageError::from)?;
                file = Some((file_name, content));
            }
            _ => return Err(Error::MaterialUpload.into()),
        }
    }
    let (Some(name), Some((file_name, content))) = (name, file) else {
        return Err(Error::MaterialUpload.into());
    };
    Ok(Paper {
        name,
        valid_until: day(&until)?,
        file_name,
        content,
    })
}

fn day(text: &str) -> std::result::Result<Option<NaiveDate>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        let fault = fault_at("/valid_until".to_owned(), field::VAULT_DAY, &[]);
        with_fields(Error::VaultInvalid, vec![fault])
    })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let upload = takes_files(MAX_FILE + FRAME, Duration::ZERO, routes!(keep_in_vault));
    OpenApiRouter::new()
        .routes(guard::<ApplicationRead, _>(routes!(list_vault)))
        .routes(guard::<ApplicationRead, _>(routes!(read_vault)))
        .routes(guard::<ApplicationRead, _>(routes!(read_vault_file)))
        .routes(guard::<ApplicationWrite, _>(upload))
        .routes(guard::<ApplicationWrite, _>(routes!(change_vault)))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_vault)))
        .routes(guard::<ApplicationRead, _>(routes!(list_vault_fits)))
        .routes(guard::<ApplicationWrite, _>(routes!(take_from_vault)))
}
