//! `/rates` and `/public-words`: what the public sees.

use tb_contract::access::RatesRead;
use tb_http::{Ctx, Json, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::rates::{self, PublicWords, Rates, RatesQuery};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<RatesRead, _>(routes!(read_rates)))
        .routes(guard::<RatesRead, _>(routes!(read_public_words)))
}

/// The published rates per department or item.
#[utoipa::path(get, path = "/rates", params(RatesQuery), responses((status = 200, body = Rates)))]
async fn read_rates(ctx: Ctx<RatesRead>, Query(query): Query<RatesQuery>) -> Result<Json<Rates>> {
    Ok(Json(rates::rates(&ctx, query).await?))
}

/// Words of ratings, read and masked, the newest first.
#[utoipa::path(get, path = "/public-words", params(PageRequest), responses((status = 200, body = Page<PublicWords>)))]
async fn read_public_words(
    ctx: Ctx<RatesRead>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PublicWords>>> {
    Ok(Json(rates::words(&ctx, page).await?))
}
