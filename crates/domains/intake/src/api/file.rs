//! Files: upload, download, take away; papers.

use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{Ctx, Json, Path, Result, guard};
use tb_kernel::{ApplicationId, Fault, MaterialId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::model::sniff::FileKind;
use crate::service::read::Download;
use crate::service::upload::{FRAME, MAX_FILE, Upload, too_large};
use crate::service::{read, upload};
use crate::view::ApplicationFile;

/// The form of an upload, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the parts are read one by one"
)]
struct MaterialUpload {
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
    let _place = upload::admit(&app, &ctx, id, &headers).await?;
    let received = receive(multipart.map_err(|_| Error::MaterialUpload)?).await?;
    Ok(Json(upload::upload(&app, &ctx, id, received).await?))
}

/// Takes a file away.
#[utoipa::path(delete, path = "/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 204)))]
async fn delete_material(
    ctx: Ctx<ApplicationWrite>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<StatusCode> {
    upload::remove(&ctx, id, material).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file as it was uploaded.
#[utoipa::path(get, path = "/applications/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_material(
    ctx: Ctx<ApplicationRead>,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<Response> {
    Ok(send(read::material(&ctx, id, material).await?))
}

/// A paper as PDF; 503 until it has been rendered.
#[utoipa::path(get, path = "/applications/{id}/papers/{paper_id}", params(("id" = ApplicationId, Path), ("paper_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
async fn read_paper(
    ctx: Ctx<ApplicationRead>,
    Path((id, paper)): Path<(ApplicationId, Uuid)>,
) -> Result<Response> {
    Ok(send(read::paper(&ctx, id, paper).await?))
}

/// Reads the parts of an upload, in whatever order they come, and stops at the bound.
async fn receive(mut multipart: Multipart) -> Result<Upload, Fault> {
    let (mut requirement_id, mut file) = (None, None);
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| broken(&error))?
    {
        match field.name() {
            Some("requirement_id") => {
                let text = take(field, 256).await?;
                requirement_id = Some(String::from_utf8(text).map_err(|_| Error::MaterialUpload)?);
            }
            Some("file") if file.is_none() => {
                let name = field.file_name().unwrap_or_default().to_owned();
                file = Some((name, take(field, MAX_FILE).await?));
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

/// The content of a part, refused as soon as it is over the bound.
async fn take(mut field: Field<'_>, max: usize) -> Result<Vec<u8>, Fault> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if content.len() + chunk.len() > max {
            return Err(if max == MAX_FILE {
                too_large()
            } else {
                Error::MaterialUpload
            }
            .into());
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

fn broken(error: &MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        Error::MaterialUpload
    }
}

/// A file as an answer: shown where a page can show it safely, saved otherwise, never sniffed.
fn send(file: Download) -> Response {
    let way = if FileKind::is_shown(&file.media_type) {
        "inline"
    } else {
        "attachment"
    };
    let disposition = format!("{way}; filename*=UTF-8''{}", percent(&file.file_name));
    let mut response = file.content.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    for (name, value) in [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// A file name as RFC 5987 wants it.
fn percent(name: &str) -> String {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().fold(String::new(), |text, byte| {
        if plain(byte) {
            text + char::from(byte).encode_utf8(&mut [0; 4])
        } else {
            text + &format!("%{byte:02X}")
        }
    })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let (schemas, paths, methods) = guard::<ApplicationWrite, _>(routes!(upload_material));
    OpenApiRouter::new()
        .routes((
            schemas,
            paths,
            methods.layer(DefaultBodyLimit::max(MAX_FILE + FRAME)),
        ))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_material)))
        .routes(guard::<ApplicationRead, _>(routes!(read_material)))
        .routes(guard::<ApplicationRead, _>(routes!(read_paper)))
}
