//! `/appraisals`: what people say of offices as a whole.

use tb_contract::access::{AppraisalGive, RatesRead, WordsReview};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::appraisal::{
    self, AppraisalRow, AppraisalThanks, GiveAppraisal, PublicAppraisal, WaitingAppraisal,
};
use crate::service::words::{ReviewWords, ReviewedWords};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<AppraisalGive, _>(routes!(give_appraisal)))
        .routes(guard::<RatesRead, _>(routes!(list_appraisals)))
        .routes(guard::<RatesRead, _>(routes!(read_appraisal_rates)))
        .routes(guard::<WordsReview, _>(routes!(list_waiting_appraisals)))
        .routes(guard::<WordsReview, _>(routes!(review_appraisal)))
}

/// Takes an appraisal of an office, one a person and day.
#[utoipa::path(post, path = "/appraisals", request_body = GiveAppraisal, responses((status = 200, body = AppraisalThanks)))]
async fn give_appraisal(
    ctx: Ctx<AppraisalGive>,
    Json(body): Json<GiveAppraisal>,
) -> Result<Json<AppraisalThanks>> {
    Ok(Json(appraisal::give(&ctx, body).await?))
}

/// Words of appraisals, read and masked, the newest first.
#[utoipa::path(get, path = "/appraisals", params(PageRequest), responses((status = 200, body = Page<PublicAppraisal>)))]
async fn list_appraisals(
    ctx: Ctx<RatesRead>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PublicAppraisal>>> {
    Ok(Json(appraisal::published(&ctx, page).await?))
}

/// Offices as they were appraised this year.
#[utoipa::path(get, path = "/appraisal-rates", responses((status = 200, body = Vec<AppraisalRow>)))]
async fn read_appraisal_rates(ctx: Ctx<RatesRead>) -> Result<Json<Vec<AppraisalRow>>> {
    Ok(Json(appraisal::rates(&ctx).await?))
}

/// Words of appraisals that wait for a reader, the newest first.
#[utoipa::path(get, path = "/appraisal-words", params(PageRequest), responses((status = 200, body = Page<WaitingAppraisal>)))]
async fn list_waiting_appraisals(
    ctx: Ctx<WordsReview>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<WaitingAppraisal>>> {
    Ok(Json(appraisal::waiting(&ctx, page).await?))
}

/// Publishes words of an appraisal, masked, or withholds them.
#[utoipa::path(post, path = "/appraisal-words/{id}/review", params(("id" = Uuid, Path)), request_body = ReviewWords, responses((status = 200, body = ReviewedWords)))]
async fn review_appraisal(
    ctx: Ctx<WordsReview>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReviewWords>,
) -> Result<Json<ReviewedWords>> {
    Ok(Json(appraisal::review(&ctx, id, body).await?))
}
