//! `/hotline`: ratings that are given by phone.

use axum::extract::State;
use tb_contract::access::HotlineRate;
use tb_http::{Ctx, Json, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::hotline::{self, RateByPhone};
use crate::service::link::RatingThanks;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<HotlineRate, _>(routes!(rate_by_phone)))
}

/// Takes down a rating that somebody gives by phone, once it is certain who is calling.
#[utoipa::path(post, path = "/hotline/ratings", request_body = RateByPhone, responses((status = 200, body = RatingThanks)))]
async fn rate_by_phone(
    State(app): State<App>,
    ctx: Ctx<HotlineRate>,
    Json(body): Json<RateByPhone>,
) -> Result<Json<RatingThanks>> {
    Ok(Json(hotline::rate(&app, &ctx, body).await?))
}
