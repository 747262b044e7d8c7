//! Hand-over of cases to a colleague.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::CaseHandOver;
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::{AccountId, CaseId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note::ColleagueView;
use super::view::CaseView;
use crate::app::App;
use crate::service::handover;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseHandOver, _>(routes!(hand_over)))
        .routes(guard::<CaseHandOver, _>(routes!(list_handlers)))
        .routes(guard::<CaseHandOver, _>(routes!(list_successors)))
}

/// A case to be handed over.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct HandOverCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Who goes on with it: a colleague who handles cases.
    pub successor_id: AccountId,
    /// Why.
    pub reason: String,
}

/// Somebody who handles cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandlerView {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Cases whose clocks run towards a decision.
    pub running: i64,
    /// Decided cases that are not delivered.
    pub to_deliver: i64,
    /// Whether he handles cases there still.
    pub here: bool,
}

/// Hands a case over to a colleague.
#[utoipa::path(post, path = "/cases/{id}/hand-over", params(("id" = CaseId, Path)), request_body = HandOverCase,
    responses((status = 200, body = CaseView)))]
async fn hand_over(
    State(app): State<App>,
    ctx: Ctx<CaseHandOver>,
    Path(id): Path<CaseId>,
    Json(body): Json<HandOverCase>,
) -> tb_http::Result<Json<CaseView>> {
    Ok(Json(
        Box::pin(handover::hand_over(&app, &ctx, id, body)).await?,
    ))
}

/// Who handles cases of the department, those who do so no more first, then by how many.
#[utoipa::path(get, path = "/handlers", responses((status = 200, body = Vec<HandlerView>)))]
async fn list_handlers(
    State(app): State<App>,
    ctx: Ctx<CaseHandOver>,
) -> tb_http::Result<Json<Vec<HandlerView>>> {
    Ok(Json(handover::handlers(&app, &ctx).await?))
}

/// Whoever can go on with cases of the department.
#[utoipa::path(get, path = "/successors", responses((status = 200, body = Vec<ColleagueView>)))]
async fn list_successors(
    State(app): State<App>,
    ctx: Ctx<CaseHandOver>,
) -> tb_http::Result<Json<Vec<ColleagueView>>> {
    Ok(Json(handover::successors(&app, &ctx).await?))
}
