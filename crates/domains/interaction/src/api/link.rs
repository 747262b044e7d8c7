//! `/links`: one-time links, on paper and for the counter device.

use axum::extract::State;
use tb_contract::access::{RatingByLink, RatingInvite};
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::link::{self, InviteRating, RateByLink, RatingLink, RatingOffer, RatingThanks};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<RatingInvite, _>(routes!(make_rating_link)))
        .routes(guard::<RatingByLink, _>(routes!(read_rating_link)))
        .routes(guard::<RatingByLink, _>(routes!(rate_by_link)))
}

/// Makes a one-time link by which a case of the caller's office can be rated.
#[utoipa::path(post, path = "/links", request_body = InviteRating, responses((status = 200, body = RatingLink)))]
async fn make_rating_link(
    State(app): State<App>,
    ctx: Ctx<RatingInvite>,
    Json(body): Json<InviteRating>,
) -> Result<Json<RatingLink>> {
    Ok(Json(link::invite(&app, &ctx, body).await?))
}

/// What a link offers to rate.
#[utoipa::path(get, path = "/links/{token}", params(("token" = String, Path)), responses((status = 200, body = RatingOffer)))]
async fn read_rating_link(
    State(app): State<App>,
    ctx: Ctx<RatingByLink>,
    Path(token): Path<String>,
) -> Result<Json<RatingOffer>> {
    Ok(Json(link::offer(&app, &ctx, &token).await?))
}

/// Rates by a link, once: a level, or a button of the counter device.
#[utoipa::path(post, path = "/links/{token}/rating", params(("token" = String, Path)), request_body = RateByLink, responses((status = 200, body = RatingThanks)))]
async fn rate_by_link(
    State(app): State<App>,
    ctx: Ctx<RatingByLink>,
    Path(token): Path<String>,
    Json(body): Json<RateByLink>,
) -> Result<Json<RatingThanks>> {
    Ok(Json(link::rate(&app, &ctx, &token, body).await?))
}
