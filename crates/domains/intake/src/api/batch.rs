//! Applications of an organisation for many persons at once (批量申办).

use std::time::Duration;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{
    Ctx, FileAnswer, FileForm, Json, Path, Query, Result, file_part, guard, takes_files,
};
use tb_kernel::{Fault, MaterialId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::file::{MaterialUpload, receive};
use crate::app::App;
use crate::error::Error;
use crate::service::batch::begin::BeginBatch;
use crate::service::batch::read::{BatchFilter, BatchRowFilter};
use crate::service::batch::sheets::{SheetFormat, SheetQuery};
use crate::service::batch::submit::{BatchSubmitted, SubmitBatch};
use crate::service::batch::{begin, files, read, receipt, sheets, submit, trial};
use crate::service::upload::{FRAME, MAX_FILE};
use crate::view::batch::{BatchLine, BatchRowView, BatchView};

/// The largest sheet: a thousand rows are far below it.
const MAX_SHEET: usize = 10 * 1024 * 1024;

type Read = Ctx<ApplicationRead>;
type Write = Ctx<ApplicationWrite>;

/// Lists the caller's batches, newest first.
#[utoipa::path(get, path = "/batches", params(BatchFilter), responses((status = 200, body = Page<BatchLine>)))]
async fn list_batches(
    ctx: Read,
    Query(filter): Query<BatchFilter>,
) -> Result<Json<Page<BatchLine>>> {
    Ok(Json(read::list(&ctx, filter).await?))
}

/// Begins a batch for an item that takes them.
#[utoipa::path(post, path = "/batches", request_body = BeginBatch, responses((status = 200, body = BatchView)))]
async fn begin_batch(
    State(app): State<App>,
    ctx: Write,
    Json(body): Json<BeginBatch>,
) -> Result<Json<BatchView>> {
    Ok(Json(begin::begin(&app, &ctx, body).await?))
}

/// A batch.
#[utoipa::path(get, path = "/batches/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = BatchView)))]
async fn read_batch(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
) -> Result<Json<BatchView>> {
    Ok(Json(read::one(&app, &ctx, id).await?))
}

/// Deletes a batch of which nothing has been handed in.
#[utoipa::path(delete, path = "/batches/{id}", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn delete_batch(ctx: Write, Path(id): Path<Uuid>) -> Result<StatusCode> {
    begin::delete(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The workbook to fill in, made after the item's form.
#[utoipa::path(get, path = "/batches/{id}/template", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn read_template(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    let file = sheets::template(&app, &ctx, id).await?;
    sheet("batch-template", SheetFormat::Xlsx, file)
}

/// Takes a filled-in sheet in the place of the one before, and judges every row.
#[utoipa::path(post, path = "/batches/{id}/rows", params(("id" = Uuid, Path)), request_body(content = FileForm, content_type = "multipart/form-data"), responses((status = 200, body = BatchView)))]
async fn upload_rows(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<BatchView>> {
    let place = files::admit(&app, &ctx, id, &headers).await?;
    let file = received(&ctx, multipart).await?;
    let answer = Box::pin(trial::upload(&app, &ctx, id, file)).await?;
    drop(place);
    Ok(Json(answer))
}

/// Lists the rows of a batch in their order, with what is wrong and what became of each.
#[utoipa::path(get, path = "/batches/{id}/rows", params(("id" = Uuid, Path), BatchRowFilter), responses((status = 200, body = Page<BatchRowView>)))]
async fn list_rows(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
    Query(filter): Query<BatchRowFilter>,
) -> Result<Json<Page<BatchRowView>>> {
    Ok(Json(read::rows(&app, &ctx, id, filter).await?))
}

/// What is wrong with the rows, as a file.
#[utoipa::path(get, path = "/batches/{id}/report", params(("id" = Uuid, Path), SheetQuery), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_report(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
    Query(query): Query<SheetQuery>,
) -> Result<Response> {
    let file = sheets::report(&app, &ctx, id, query.format).await?;
    sheet("batch-report", query.format, file)
}

/// What became of the rows, as a file.
#[utoipa::path(get, path = "/batches/{id}/results", params(("id" = Uuid, Path), SheetQuery), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_results(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
    Query(query): Query<SheetQuery>,
) -> Result<Response> {
    let file = sheets::results(&app, &ctx, id, query.format).await?;
    sheet("batch-results", query.format, file)
}

/// Uploads a material that goes with every application of the batch.
#[utoipa::path(post, path = "/batches/{id}/materials", params(("id" = Uuid, Path)), request_body(content = MaterialUpload, content_type = "multipart/form-data"), responses((status = 200, body = BatchView)))]
async fn upload_shared(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<BatchView>> {
    let place = files::admit(&app, &ctx, id, &headers).await?;
    let multipart = multipart.map_err(|_| Error::MaterialUpload)?;
    let received = receive(multipart, ctx.store().blobs().spool()).await?;
    let answer = files::upload(&app, &ctx, id, received).await?;
    drop(place);
    Ok(Json(answer))
}

/// Takes a material of the batch away.
#[utoipa::path(delete, path = "/batches/{id}/materials/{material_id}", params(("id" = Uuid, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = BatchView)))]
async fn delete_shared(
    State(app): State<App>,
    ctx: Write,
    Path((id, material)): Path<(Uuid, MaterialId)>,
) -> Result<Json<BatchView>> {
    Ok(Json(files::remove(&app, &ctx, id, material).await?))
}

/// Hands a batch in: the receipt is there at once, the applications follow.
#[utoipa::path(post, path = "/batches/{id}/submit", params(("id" = Uuid, Path)), request_body = SubmitBatch, responses((status = 200, body = BatchSubmitted)))]
async fn submit_batch(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<Uuid>,
    Json(body): Json<SubmitBatch>,
) -> Result<Json<BatchSubmitted>> {
    let answer = Box::pin(submit::submit(&app, &ctx, id, body)).await?;
    Ok(Json(answer))
}

/// The receipt of a batch as PDF.
#[utoipa::path(get, path = "/batches/{id}/receipt", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
async fn read_batch_receipt(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<Uuid>,
) -> Result<FileAnswer> {
    Ok(receipt::receipt(&app, &ctx, id).await?)
}

/// The bytes of the part `file`, bounded.
async fn received(
    ctx: &Write,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Vec<u8>, Fault> {
    let broken = || Fault::from(Error::MaterialUpload);
    let mut multipart = multipart.map_err(|_| broken())?;
    let field = multipart.next_field().await.map_err(|_| broken())?;
    let field = field.filter(|field| field.name() == Some("file"));
    let mut spool = ctx.store().blobs().spool();
    file_part(field.ok_or_else(broken)?, &mut spool, MAX_SHEET)
        .await
        .map_err(|error| error.into_fault("10 MiB"))?;
    let content = spool
        .finish()
        .await
        .map_err(tb_storage::StorageError::from)?;
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut content.reader(), &mut bytes).map(|_| bytes)
    });
    let bytes = reading.await.map_err(Fault::internal)?;
    bytes.map_err(Fault::internal)
}

/// A list as an answer; `name` without its ending.
fn sheet(name: &str, format: SheetFormat, bytes: Bytes) -> Result<Response> {
    let (media, ending) = match format {
        SheetFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        SheetFormat::Xlsx => (tb_sheet::MEDIA_TYPE, "xlsx"),
    };
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(disposition).map_err(Fault::internal)?,
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let rows = takes_files(MAX_SHEET + FRAME, Duration::ZERO, routes!(upload_rows));
    let shared = takes_files(MAX_FILE + FRAME, Duration::ZERO, routes!(upload_shared));
    OpenApiRouter::new()
        .routes(guard::<ApplicationRead, _>(routes!(list_batches)))
        .routes(guard::<ApplicationWrite, _>(routes!(begin_batch)))
        .routes(guard::<ApplicationRead, _>(routes!(read_batch)))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_batch)))
        .routes(guard::<ApplicationRead, _>(routes!(read_template)))
        .routes(guard::<ApplicationWrite, _>(rows))
        .routes(guard::<ApplicationRead, _>(routes!(list_rows)))
        .routes(guard::<ApplicationRead, _>(routes!(read_report)))
        .routes(guard::<ApplicationRead, _>(routes!(read_results)))
        .routes(guard::<ApplicationWrite, _>(shared))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_shared)))
        .routes(guard::<ApplicationWrite, _>(routes!(submit_batch)))
        .routes(guard::<ApplicationRead, _>(routes!(read_batch_receipt)))
}
