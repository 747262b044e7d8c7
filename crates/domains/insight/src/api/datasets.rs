//! `/open-data`: the catalogue of data sets, and the files.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tb_contract::access::PublicityRead;
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::datasets::{self, DataSetView};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<PublicityRead, _>(routes!(list_data_sets)))
        .routes(guard::<PublicityRead, _>(routes!(take_data_set)))
}

/// The catalogue of open data.
#[utoipa::path(get, path = "/open-data", responses((status = 200, body = Vec<DataSetView>)))]
async fn list_data_sets(ctx: Ctx<PublicityRead>) -> Json<Vec<DataSetView>> {
    Json(datasets::catalogue(&ctx))
}

/// A data set: its name with `.csv` or `.json`. The address stays.
#[utoipa::path(get, path = "/open-data/{file}", params(("file" = String, Path)), responses((status = 200, content_type = "text/csv", body = String)))]
async fn take_data_set(
    State(app): State<App>,
    ctx: Ctx<PublicityRead>,
    Path(file): Path<String>,
) -> Result<Response> {
    Ok(datasets::file(&app, &ctx, &file).await?.into_response())
}
