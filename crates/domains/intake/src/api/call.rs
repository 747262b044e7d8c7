//! `/calls`: somebody at a kiosk calls for a person of the hall.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tb_contract::access::{CallMake, CallTake};
use tb_http::{Ctx, Json, Path, ProblemBody, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::call::{self, CallView, OwnCall};

/// Calls somebody to the kiosk. One that still waits stays the one.
#[utoipa::path(post, path = "/calls/own", responses(
    (status = 200, body = OwnCall),
    (status = 403, body = ProblemBody, description = "`intake.not_at_kiosk`"),
))]
async fn make_call(State(app): State<App>, ctx: Ctx<CallMake>) -> Result<Json<OwnCall>> {
    Ok(Json(call::make(&app, &ctx).await?))
}

/// How the last call of the kiosk stands.
#[utoipa::path(get, path = "/calls/own", responses(
    (status = 200, body = OwnCall),
    (status = 204, description = "Nobody was called, or it is over"),
))]
async fn current_call(ctx: Ctx<CallMake>) -> Result<Response> {
    Ok(match call::current(&ctx).await? {
        Some(own) => Json(own).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Takes the call of the kiosk back.
#[utoipa::path(delete, path = "/calls/own", responses((status = 204)))]
async fn cancel_call(ctx: Ctx<CallMake>) -> Result<StatusCode> {
    call::cancel(&ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The calls that wait at the kiosks of one's office, the oldest first.
#[utoipa::path(get, path = "/calls", responses((status = 200, body = Vec<CallView>)))]
async fn list_calls(ctx: Ctx<CallTake>) -> Result<Json<Vec<CallView>>> {
    Ok(Json(call::list(&ctx).await?))
}

/// Says that the caller goes.
#[utoipa::path(post, path = "/calls/{id}/take", params(("id" = Uuid, Path)), responses(
    (status = 200, body = CallView),
    (status = 409, body = ProblemBody, description = "`intake.call_taken`, `intake.call_over`"),
))]
async fn take_call(ctx: Ctx<CallTake>, Path(id): Path<Uuid>) -> Result<Json<CallView>> {
    Ok(Json(call::take(&ctx, id).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CallMake, _>(routes!(
            make_call,
            current_call,
            cancel_call
        )))
        .routes(guard::<CallTake, _>(routes!(list_calls)))
        .routes(guard::<CallTake, _>(routes!(take_call)))
}
