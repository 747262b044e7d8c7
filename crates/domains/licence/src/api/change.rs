//! What happens to a licence after it was issued.

use axum::extract::State;
use tb_contract::access::{LicenceDecide, LicenceOwn, LicencePropose};
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::change::{
    self, AnswerChange, AskChange, DecideChange, ProposeChange, TakeBackChange,
};
use crate::view::LicenceView;

/// The holder asks for a replacement, a renewal or a deregistration.
#[utoipa::path(post, path = "/mine/{id}/ask", params(("id" = Uuid, Path)), request_body = AskChange, responses((status = 200, body = LicenceView)))]
async fn ask_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
    Json(body): Json<AskChange>,
) -> Result<Json<LicenceView>> {
    Ok(Json(change::ask(&app, &ctx, id, body).await?))
}

/// The holder takes back what he asked for.
#[utoipa::path(post, path = "/mine/{id}/take-back", params(("id" = Uuid, Path)), request_body = TakeBackChange, responses((status = 200, body = LicenceView)))]
async fn take_back_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
    Json(body): Json<TakeBackChange>,
) -> Result<Json<LicenceView>> {
    Ok(Json(change::take_back(&app, &ctx, id, body).await?))
}

/// The holder answers a notice.
#[utoipa::path(post, path = "/mine/{id}/answer", params(("id" = Uuid, Path)), request_body = AnswerChange, responses((status = 200, body = LicenceView)))]
async fn answer_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
    Json(body): Json<AnswerChange>,
) -> Result<Json<LicenceView>> {
    Ok(Json(change::answer(&app, &ctx, id, body).await?))
}

/// The organ proposes to revoke or deregister; its holder gets a notice.
#[utoipa::path(post, path = "/licences/{id}/propose-change", params(("id" = Uuid, Path)), request_body = ProposeChange, responses((status = 200, body = LicenceView)))]
async fn propose_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicencePropose>,
    Path(id): Path<Uuid>,
    Json(body): Json<ProposeChange>,
) -> Result<Json<LicenceView>> {
    Ok(Json(change::propose(&app, &ctx, id, body).await?))
}

/// A second person decides.
#[utoipa::path(post, path = "/licences/{id}/decide-change", params(("id" = Uuid, Path)), request_body = DecideChange, responses((status = 200, body = LicenceView)))]
async fn decide_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicenceDecide>,
    Path(id): Path<Uuid>,
    Json(body): Json<DecideChange>,
) -> Result<Json<LicenceView>> {
    Ok(Json(change::decide(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<LicenceOwn, _>(routes!(ask_licence_change)))
        .routes(guard::<LicenceOwn, _>(routes!(answer_licence_change)))
        .routes(guard::<LicenceOwn, _>(routes!(take_back_licence_change)))
        .routes(guard::<LicencePropose, _>(routes!(propose_licence_change)))
        .routes(guard::<LicenceDecide, _>(routes!(decide_licence_change)))
}
