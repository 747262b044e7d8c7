//! Licences of ours in the place of uploads: what an applicant holds, and taking it; online and at a counter.

use axum::extract::State;
use tb_contract::access::{ApplicationRead, ApplicationWrite, CounterRead, CounterWrite};
use tb_http::{Ctx, Json, Path, Result, guard};
use tb_kernel::ApplicationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::licence::{self, LicenceFit, TakeLicence};
use crate::view::ApplicationFile;

/// The applicant's licences in force that answer materials of an application which may be changed now.
#[utoipa::path(get, path = "/applications/{id}/licences", params(("id" = ApplicationId, Path)), responses((status = 200, body = Vec<LicenceFit>)))]
async fn list_licence_fits(
    State(app): State<App>,
    ctx: Ctx<ApplicationRead>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<Vec<LicenceFit>>> {
    Ok(Json(licence::offers(&app, &ctx, id).await?))
}

/// Takes a licence for a material; nothing is uploaded.
#[utoipa::path(post, path = "/applications/{id}/licences", params(("id" = ApplicationId, Path)), request_body = TakeLicence, responses((status = 200, body = Vec<ApplicationFile>)))]
async fn take_licence(
    State(app): State<App>,
    ctx: Ctx<ApplicationWrite>,
    Path(id): Path<ApplicationId>,
    Json(body): Json<TakeLicence>,
) -> Result<Json<Vec<ApplicationFile>>> {
    Ok(Json(licence::take(&app, &ctx, id, body).await?))
}

/// The same at a counter, of whoever stands there.
#[utoipa::path(get, path = "/counter/applications/{id}/licences", params(("id" = ApplicationId, Path)), responses((status = 200, body = Vec<LicenceFit>)))]
async fn list_counter_licence_fits(
    State(app): State<App>,
    ctx: Ctx<CounterRead>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<Vec<LicenceFit>>> {
    Ok(Json(licence::offers(&app, &ctx, id).await?))
}

/// Takes a licence of whoever stands at the counter for a material.
#[utoipa::path(post, path = "/counter/applications/{id}/licences", params(("id" = ApplicationId, Path)), request_body = TakeLicence, responses((status = 200, body = Vec<ApplicationFile>)))]
async fn take_licence_at_counter(
    State(app): State<App>,
    ctx: Ctx<CounterWrite>,
    Path(id): Path<ApplicationId>,
    Json(body): Json<TakeLicence>,
) -> Result<Json<Vec<ApplicationFile>>> {
    Ok(Json(licence::take(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ApplicationRead, _>(routes!(list_licence_fits)))
        .routes(guard::<ApplicationWrite, _>(routes!(take_licence)))
        .routes(guard::<CounterRead, _>(routes!(list_counter_licence_fits)))
        .routes(guard::<CounterWrite, _>(routes!(take_licence_at_counter)))
}
