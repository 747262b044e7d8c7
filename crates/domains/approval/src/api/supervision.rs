//! Supervision (督办) and urging (催办).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CaseRead, SupervisionIssue, SupervisionRead, SupervisionReply};
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{CaseId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::model::supervision::Level;
use crate::service::supervise;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<SupervisionRead, _>(routes!(list_orders)))
        .routes(guard::<CaseRead, _>(routes!(orders_of_case)))
        .routes(guard::<SupervisionIssue, _>(routes!(urge_case)))
        .routes(guard::<SupervisionIssue, _>(routes!(supervise_case)))
        .routes(guard::<SupervisionReply, _>(routes!(reply_order)))
}

/// `urge`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UrgeCase {
    /// What is said to whoever handles it.
    pub words: String,
}

/// `supervise`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SuperviseCase {
    /// Whom it is addressed to: `handler`, `head`, `leader`.
    #[schema(value_type = String)]
    pub to: Level,
    /// What is asked.
    pub words: String,
    /// Natural days for the reply, from tomorrow.
    pub reply_days: u32,
}

/// `reply`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReplyOrder {
    /// Version of the order that the caller has seen.
    pub version: i64,
    /// The reply.
    pub words: String,
}

/// Which orders are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrderQuery {
    /// `open` or `replied`.
    pub state: Option<String>,
    /// Only those whose reply is late.
    #[serde(default)]
    pub late: bool,
    /// Only those addressed to a post of the caller's.
    #[serde(default)]
    pub mine: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// An order of supervision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderView {
    /// Id.
    pub id: Uuid,
    /// Version to send back with a reply.
    pub version: i64,
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Name of its item.
    pub item_name: String,
    /// Its office.
    pub office: String,
    /// Whom it is addressed to: `handler`, `head`, `leader`, `inspectorate`.
    pub level: String,
    /// Why: `red`, `purple`, `step_overdue`, `manual`.
    pub cause: String,
    /// What it asks.
    pub words: String,
    /// Who gave it.
    pub issuer: String,
    /// When.
    pub issued_at: DateTime<Utc>,
    /// Last day for the reply.
    pub reply_by: NaiveDate,
    /// Whether it waits for its reply.
    pub open: bool,
    /// Whether the reply is late.
    pub late: bool,
    /// The reply.
    pub reply: Option<String>,
    /// Who gave it.
    pub replier: Option<String>,
    /// When.
    pub replied_at: Option<DateTime<Utc>>,
    /// Whether the caller may reply.
    pub may_reply: bool,
}

/// Orders within reach, the most urgent first.
#[utoipa::path(get, path = "/supervisions", params(OrderQuery), responses((status = 200, body = Page<OrderView>)))]
async fn list_orders(
    State(app): State<App>,
    ctx: Ctx<SupervisionRead>,
    Query(query): Query<OrderQuery>,
) -> tb_http::Result<Json<Page<OrderView>>> {
    Ok(Json(supervise::orders(&app, &ctx, query).await?))
}

/// The orders of one case.
#[utoipa::path(get, path = "/cases/{id}/supervisions", params(("id" = CaseId, Path)), responses((status = 200, body = Vec<OrderView>)))]
async fn orders_of_case(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Vec<OrderView>>> {
    Ok(Json(supervise::of_case(&app, &ctx, id.0).await?))
}

/// Urges whoever handles a case.
#[utoipa::path(post, path = "/cases/{id}/urge", params(("id" = CaseId, Path)), request_body = UrgeCase, responses((status = 200)))]
async fn urge_case(
    State(app): State<App>,
    ctx: Ctx<SupervisionIssue>,
    Path(id): Path<CaseId>,
    Json(body): Json<UrgeCase>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(supervise::urge(&app, &ctx, id.0, body).await?))
}

/// Orders a reply about a case.
#[utoipa::path(post, path = "/cases/{id}/supervise", params(("id" = CaseId, Path)), request_body = SuperviseCase, responses((status = 200, body = OrderView)))]
async fn supervise_case(
    State(app): State<App>,
    ctx: Ctx<SupervisionIssue>,
    Path(id): Path<CaseId>,
    Json(body): Json<SuperviseCase>,
) -> tb_http::Result<Json<OrderView>> {
    Ok(Json(supervise::supervise(&app, &ctx, id.0, body).await?))
}

/// Answers an order.
#[utoipa::path(post, path = "/supervisions/{id}/reply", params(("id" = Uuid, Path)), request_body = ReplyOrder, responses((status = 200, body = OrderView)))]
async fn reply_order(
    State(app): State<App>,
    ctx: Ctx<SupervisionReply>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReplyOrder>,
) -> tb_http::Result<Json<OrderView>> {
    Ok(Json(supervise::reply(&app, &ctx, id, body).await?))
}
