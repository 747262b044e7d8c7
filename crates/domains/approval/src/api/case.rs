//! Reading: lists, counts, one case, live hints.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tb_contract::access::CaseRead;
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{CaseId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{CountQuery, ListQuery, ShowQuery};
use super::view::{CaseCounts, CaseRow, CaseView};
use crate::app::App;
use crate::service;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseRead, _>(routes!(list)))
        .routes(guard::<CaseRead, _>(routes!(counts)))
        .routes(guard::<CaseRead, _>(routes!(show)))
        .routes(guard::<CaseRead, _>(routes!(live)))
}

/// Cases within reach, the most urgent first.
#[utoipa::path(get, path = "/cases", params(ListQuery), responses((status = 200, body = Page<CaseRow>)))]
async fn list(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Query(query): Query<ListQuery>,
) -> tb_http::Result<Json<Page<CaseRow>>> {
    Ok(Json(service::list::list(&app, &ctx, query).await?))
}

/// How many there are by state and light.
#[utoipa::path(get, path = "/counts", params(CountQuery), responses((status = 200, body = CaseCounts)))]
async fn counts(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Query(query): Query<CountQuery>,
) -> tb_http::Result<Json<CaseCounts>> {
    Ok(Json(service::list::counts(&app, &ctx, query.todo).await?))
}

/// One case with everything for its page.
#[utoipa::path(
    get,
    path = "/cases/{id}",
    params(("id" = CaseId, Path), ShowQuery),
    responses((status = 200, body = CaseView))
)]
async fn show(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
    Query(query): Query<ShowQuery>,
) -> tb_http::Result<Json<CaseView>> {
    Ok(Json(
        service::read::case(&app, &ctx, id, query.unmask).await?,
    ))
}

/// Hints that a case of one's department has changed, as server-sent events.
#[utoipa::path(get, path = "/live", responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn live(ctx: Ctx<CaseRead>) -> Response {
    ctx.edge()
        .live()
        .stream(ctx.actor().clone())
        .into_response()
}
