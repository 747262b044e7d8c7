//! The public progress query.

use axum::extract::State;
use tb_contract::access::ProgressRead;
use tb_http::{Ctx, Json, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::progress::{self, AskProgress, Progress};

/// How far a case is, by its number and query password; masked, and limited in rate.
#[utoipa::path(post, path = "/progress", request_body = AskProgress, responses((status = 200, body = Progress)))]
async fn ask_progress(
    State(app): State<App>,
    ctx: Ctx<ProgressRead>,
    Json(body): Json<AskProgress>,
) -> Result<Json<Progress>> {
    Ok(Json(progress::progress(&app, &ctx, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<ProgressRead, _>(routes!(ask_progress)))
}
