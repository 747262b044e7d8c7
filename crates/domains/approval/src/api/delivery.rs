//! The delivery of a result: by courier, at the counter, online, or at the applicant's door.

use axum::extract::State;
use serde::Deserialize;
use tb_contract::access::CaseClose;
use tb_http::{Ctx, Json, Path, Result, guard};
use tb_kernel::CaseId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::view::CaseView;
use crate::app::App;
use crate::model::delivery::Collector;
use crate::model::diversion::Way;
use crate::model::state::DeliveryWay;
use crate::service::delivery;
use crate::service::divert::divert;

/// `dispatch`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DispatchCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Courier.
    pub company: String,
    /// Number of the parcel.
    pub tracking_number: String,
}

/// `take-back-parcel`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TakeBackParcel {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Why it came back; the applicant reads it.
    pub reason: String,
}

/// `deliver`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DeliverCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// How.
    pub way: DeliveryWay,
    /// Who takes it; needed where somebody does.
    #[serde(default)]
    pub collector: Option<Collector>,
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseClose, _>(routes!(dispatch)))
        .routes(guard::<CaseClose, _>(routes!(take_back_parcel)))
        .routes(guard::<CaseClose, _>(routes!(deliver)))
}

/// Records that the result was given to a courier. A second parcel takes the place of the first.
#[utoipa::path(post, path = "/cases/{id}/dispatch", params(("id" = CaseId, Path)), request_body = DispatchCase,
    responses((status = 200, body = CaseView)))]
async fn dispatch(
    State(app): State<App>,
    ctx: Ctx<CaseClose>,
    Path(id): Path<CaseId>,
    Json(body): Json<DispatchCase>,
) -> Result<Json<CaseView>> {
    Ok(Json(
        Box::pin(delivery::dispatch(&app, &ctx, id, body)).await?,
    ))
}

/// Records that a parcel came back: the applicant may choose anew, and another may be sent.
#[utoipa::path(post, path = "/cases/{id}/take-back-parcel", params(("id" = CaseId, Path)), request_body = TakeBackParcel,
    responses((status = 200, body = CaseView)))]
async fn take_back_parcel(
    State(app): State<App>,
    ctx: Ctx<CaseClose>,
    Path(id): Path<CaseId>,
    Json(body): Json<TakeBackParcel>,
) -> Result<Json<CaseView>> {
    let way = Way::TakeBackParcel;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Records the delivery, and makes its receipt (送达回证).
#[utoipa::path(post, path = "/cases/{id}/deliver", params(("id" = CaseId, Path)), request_body = DeliverCase,
    responses((status = 200, body = CaseView)))]
async fn deliver(
    State(app): State<App>,
    ctx: Ctx<CaseClose>,
    Path(id): Path<CaseId>,
    Json(body): Json<DeliverCase>,
) -> Result<Json<CaseView>> {
    Ok(Json(
        Box::pin(delivery::deliver(&app, &ctx, id, body)).await?,
    ))
}
