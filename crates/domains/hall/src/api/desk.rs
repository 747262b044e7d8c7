//! Visits of a place, for its staff.

use tb_contract::access::AppointmentHandle;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::desk::{self, DeclineVisit, DeskQuery, HandleVisit, MoveVisit};
use crate::view::{AppointmentView, DeskPlace};

/// Places within reach.
#[utoipa::path(get, path = "/desk/places", responses((status = 200, body = Vec<DeskPlace>)))]
async fn list_desk_places(ctx: Ctx<AppointmentHandle>) -> Result<Json<Vec<DeskPlace>>> {
    Ok(Json(desk::places(&ctx).await?))
}

/// The visits of a place on a day, by their slots; or those that a booking number or a phone finds,
/// which is recorded. Masked.
#[utoipa::path(get, path = "/desk/appointments", params(DeskQuery), responses((status = 200, body = Vec<AppointmentView>)))]
async fn list_desk_appointments(
    ctx: Ctx<AppointmentHandle>,
    Query(query): Query<DeskQuery>,
) -> Result<Json<Vec<AppointmentView>>> {
    Ok(Json(desk::list(&ctx, query).await?))
}

/// Confirms a visit.
#[utoipa::path(post, path = "/desk/appointments/{id}/confirm", params(("id" = Uuid, Path)), request_body = HandleVisit, responses((status = 200, body = AppointmentView)))]
async fn confirm_visit(
    ctx: Ctx<AppointmentHandle>,
    Path(id): Path<Uuid>,
    Json(body): Json<HandleVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(desk::confirm(&ctx, id, body).await?))
}

/// Declines a visit, with a reason and perhaps another slot.
#[utoipa::path(post, path = "/desk/appointments/{id}/decline", params(("id" = Uuid, Path)), request_body = DeclineVisit, responses((status = 200, body = AppointmentView)))]
async fn decline_visit(
    ctx: Ctx<AppointmentHandle>,
    Path(id): Path<Uuid>,
    Json(body): Json<DeclineVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(Box::pin(desk::decline(&ctx, id, body)).await?))
}

/// Moves a visit to another slot.
#[utoipa::path(post, path = "/desk/appointments/{id}/move", params(("id" = Uuid, Path)), request_body = MoveVisit, responses((status = 200, body = AppointmentView)))]
async fn move_visit(
    ctx: Ctx<AppointmentHandle>,
    Path(id): Path<Uuid>,
    Json(body): Json<MoveVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(Box::pin(desk::shift(&ctx, id, body)).await?))
}

/// Notes that somebody has come.
#[utoipa::path(post, path = "/desk/appointments/{id}/check-in", params(("id" = Uuid, Path)), request_body = HandleVisit, responses((status = 200, body = AppointmentView)))]
async fn check_in_visit(
    ctx: Ctx<AppointmentHandle>,
    Path(id): Path<Uuid>,
    Json(body): Json<HandleVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(desk::check_in(&ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<AppointmentHandle, _>(routes!(list_desk_places)))
        .routes(guard::<AppointmentHandle, _>(routes!(
            list_desk_appointments
        )))
        .routes(guard::<AppointmentHandle, _>(routes!(confirm_visit)))
        .routes(guard::<AppointmentHandle, _>(routes!(decline_visit)))
        .routes(guard::<AppointmentHandle, _>(routes!(move_visit)))
        .routes(guard::<AppointmentHandle, _>(routes!(check_in_visit)))
}
