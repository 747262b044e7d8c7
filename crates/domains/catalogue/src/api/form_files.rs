//! Blank forms and samples of materials as files.

use axum::extract::multipart::{Multipart, MultipartRejection};
use serde::{Deserialize, Serialize};
use tb_contract::access::{ItemBrowse, ItemManage, ItemWrite};
use tb_contract::item::FormFile;
use tb_http::{Ctx, FileAnswer, FileForm, Json, Path, Result, guard, one_file, takes_one_file};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::service::form_files;

/// An item that uses a file.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FormUse {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Keeps a blank form or sample, to be named by a material: pdf, jpg, png, docx, xlsx or ofd, at most
/// 10 MiB. One that no description names within a day is forgotten.
#[utoipa::path(post, path = "/manage/form-files", request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 200, body = FormFile)))]
async fn bring_form_file(
    ctx: Ctx<ItemWrite>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Json<FormFile>> {
    let file = one_file(multipart, ctx.edge().store().blobs()).await?;
    Ok(Json(form_files::bring(&ctx, file).await?))
}

/// Reads a file, published or not.
#[utoipa::path(get, path = "/manage/form-files/{sum}", params(("sum" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn read_form_file(ctx: Ctx<ItemManage>, Path(sum): Path<String>) -> Result<FileAnswer> {
    Ok(form_files::read(&ctx, &sum).await?)
}

/// Lists the items within reach that use a file.
#[utoipa::path(get, path = "/manage/form-files/{sum}/uses", params(("sum" = String, Path)),
    responses((status = 200, body = Listed<FormUse>)))]
async fn list_form_uses(
    ctx: Ctx<ItemManage>,
    Path(sum): Path<String>,
) -> Result<Json<Listed<FormUse>>> {
    Ok(Json(Listed {
        items: form_files::users(&ctx, &sum).await?,
    }))
}

/// Reads a blank form or sample of a published version.
#[utoipa::path(get, path = "/form-files/{sum}", params(("sum" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn read_published_form_file(
    ctx: Ctx<ItemBrowse>,
    Path(sum): Path<String>,
) -> Result<FileAnswer> {
    Ok(form_files::read_public(&ctx, &sum).await?)
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    let bring = takes_one_file(routes!(bring_form_file));
    OpenApiRouter::new()
        .routes(guard::<ItemWrite, _>(bring))
        .routes(guard::<ItemManage, _>(routes!(read_form_file)))
        .routes(guard::<ItemManage, _>(routes!(list_form_uses)))
        .routes(guard::<ItemBrowse, _>(routes!(read_published_form_file)))
}
