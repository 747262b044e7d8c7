//! What the applicant asks about his fee.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_http::{
    Ctx, Json, Path, Query, Result, WordsForm, guard, takes_enclosures, words_with_files,
};
use tb_kernel::ApplicationId;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::fee;
use crate::view::ApplicationView;

/// What is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeeQuestion {
    /// `reduction`, `exemption` or `refund`.
    #[serde(default)]
    pub what: String,
}

/// Asks to pay less or nothing, or for one's money back: reason, and proof as files.
#[utoipa::path(post, path = "/applications/{id}/fee-requests", params(("id" = ApplicationId, Path), FeeQuestion), request_body(content = WordsForm, content_type = "multipart/form-data"), responses((status = 200, body = ApplicationView)))]
async fn ask_about_fee(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<ApplicationId>,
    Query(query): Query<FeeQuestion>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<ApplicationView>> {
    let place = fee::admit(&app, &ctx, id, &query.what, &headers).await?;
    let brought = words_with_files(multipart, ctx.store().blobs()).await?;
    let answer = fee::ask(&app, &ctx, id, query.what, brought).await?;
    drop(place);
    Ok(Json(answer))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<ApplicationWrite, _>(takes_enclosures(routes!(
        ask_about_fee
    ))))
}
