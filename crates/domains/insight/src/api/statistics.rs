//! `/efficiency`, `/statistics` and `/comparison`: figures for everybody, and for staff.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tb_contract::access::{PublicityManage, PublicityRead, StatisticsRead};
use tb_http::{Ctx, Json, Query, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::compare::{self, ComparisonView};
use crate::service::efficiency::{self, Efficiency};
use crate::service::statistics::{self, Statistics, StatisticsQuery};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<PublicityRead, _>(routes!(read_efficiency)))
        .routes(guard::<StatisticsRead, _>(routes!(read_statistics)))
        .routes(guard::<StatisticsRead, _>(routes!(read_statistics_file)))
        .routes(guard::<PublicityManage, _>(routes!(read_comparison)))
}

/// Efficiency figures for everybody, at most a minute old.
#[utoipa::path(get, path = "/efficiency", responses((status = 200, body = Efficiency)))]
async fn read_efficiency(
    State(app): State<App>,
    ctx: Ctx<PublicityRead>,
) -> Result<Json<Efficiency>> {
    let fresh = efficiency::efficiency(&ctx);
    Ok(Json(app.efficiency().get(ctx.now(), fresh).await?))
}

/// Statistics within reach.
#[utoipa::path(get, path = "/statistics", params(StatisticsQuery), responses((status = 200, body = Statistics)))]
async fn read_statistics(
    ctx: Ctx<StatisticsRead>,
    Query(query): Query<StatisticsQuery>,
) -> Result<Json<Statistics>> {
    Ok(Json(statistics::statistics(&ctx, query).await?))
}

/// The same as a CSV file that spreadsheets open.
#[utoipa::path(get, path = "/statistics/file", params(StatisticsQuery), responses((status = 200, content_type = "text/csv", body = String)))]
async fn read_statistics_file(
    ctx: Ctx<StatisticsRead>,
    Query(query): Query<StatisticsQuery>,
) -> Result<Response> {
    Ok(statistics::file(&ctx, query).await?.into_response())
}

/// How the figures compare with the cases that they count.
#[utoipa::path(get, path = "/comparison", responses((status = 200, body = ComparisonView)))]
async fn read_comparison(ctx: Ctx<PublicityManage>) -> Result<Json<ComparisonView>> {
    Ok(Json(compare::last(&ctx).await?))
}
