//! Batches: what can be done with many cases, trial, start, revocation, results.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tb_contract::access::CaseBatch;
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::batch_body::{AskBatch, BatchOptions, BatchRowView, BatchView, NewBatch, RowQuery};
use crate::app::App;
use crate::service::batch;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseBatch, _>(routes!(batch_options)))
        .routes(guard::<CaseBatch, _>(routes!(make_batch)))
        .routes(guard::<CaseBatch, _>(routes!(list_batches)))
        .routes(guard::<CaseBatch, _>(routes!(show_batch)))
        .routes(guard::<CaseBatch, _>(routes!(batch_rows)))
        .routes(guard::<CaseBatch, _>(routes!(batch_result)))
        .routes(guard::<CaseBatch, _>(routes!(start_batch)))
        .routes(guard::<CaseBatch, _>(routes!(stop_batch)))
}

/// Which commands a choice of cases may take, and how many of them each.
#[utoipa::path(post, path = "/batches/options", request_body = AskBatch, responses((status = 200, body = BatchOptions)))]
async fn batch_options(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Json(body): Json<AskBatch>,
) -> tb_http::Result<Json<BatchOptions>> {
    Ok(Json(batch::options(&app, &ctx, body.pick).await?))
}

/// Makes a batch and tries every row on the rules; nothing is done before it is started.
#[utoipa::path(post, path = "/batches", request_body = NewBatch, responses((status = 200, body = BatchView)))]
async fn make_batch(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Json(body): Json<NewBatch>,
) -> tb_http::Result<Json<BatchView>> {
    Ok(Json(batch::draft(&app, &ctx, body).await?))
}

/// The caller's batches, the newest first.
#[utoipa::path(get, path = "/batches", params(PageRequest), responses((status = 200, body = Page<BatchView>)))]
async fn list_batches(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Query(query): Query<PageRequest>,
) -> tb_http::Result<Json<Page<BatchView>>> {
    Ok(Json(batch::list(&app, &ctx, &query).await?))
}

/// A batch.
#[utoipa::path(get, path = "/batches/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = BatchView)))]
async fn show_batch(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<BatchView>> {
    Ok(Json(batch::show(&app, &ctx, id).await?))
}

/// Rows of a batch with what became of each.
#[utoipa::path(get, path = "/batches/{id}/rows", params(("id" = Uuid, Path), RowQuery), responses((status = 200, body = Page<BatchRowView>)))]
async fn batch_rows(
    ctx: Ctx<CaseBatch>,
    Path(id): Path<Uuid>,
    Query(query): Query<RowQuery>,
) -> tb_http::Result<Json<Page<BatchRowView>>> {
    Ok(Json(batch::rows(&ctx, id, &query).await?))
}

/// All rows of a batch as a CSV file that spreadsheets open.
#[utoipa::path(get, path = "/batches/{id}/result", params(("id" = Uuid, Path)),
    responses((status = 200, content_type = "text/csv", body = String)))]
async fn batch_result(ctx: Ctx<CaseBatch>, Path(id): Path<Uuid>) -> tb_http::Result<Response> {
    Ok(batch::result(&ctx, id).await?.into_response())
}

/// Starts a batch: at once where the cases were picked one by one, else behind its window.
#[utoipa::path(post, path = "/batches/{id}/start", params(("id" = Uuid, Path)), responses((status = 200, body = BatchView)))]
async fn start_batch(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<BatchView>> {
    Ok(Json(batch::start(&app, &ctx, id).await?))
}

/// Revokes a batch that has not begun, or stops one behind the rows under way.
#[utoipa::path(post, path = "/batches/{id}/stop", params(("id" = Uuid, Path)), responses((status = 200, body = BatchView)))]
async fn stop_batch(
    State(app): State<App>,
    ctx: Ctx<CaseBatch>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<BatchView>> {
    Ok(Json(batch::stop(&app, &ctx, id).await?))
}
