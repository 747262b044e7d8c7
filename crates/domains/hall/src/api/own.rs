//! Visits of whoever books.

use axum::extract::State;
use tb_contract::access::AppointmentOwn;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::book::{self, BookVisit};
use crate::service::own::{self, CancelVisit, ChangeVisit};
use crate::service::slots;
use crate::view::{AppointmentView, BookingStanding, PickupView};

/// One's own visits, the newest booking first.
#[utoipa::path(get, path = "/appointments", params(PageRequest), responses((status = 200, body = Page<AppointmentView>)))]
async fn list_own_appointments(
    ctx: Ctx<AppointmentOwn>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<AppointmentView>>> {
    Ok(Json(own::list(&ctx, page).await?))
}

/// Whether one can book now, and by what rule.
#[utoipa::path(get, path = "/standing", responses((status = 200, body = BookingStanding)))]
async fn read_booking_standing(
    State(app): State<App>,
    ctx: Ctx<AppointmentOwn>,
) -> Result<Json<BookingStanding>> {
    let conn = ctx.read();
    let standing = book::standing(&app, &conn, ctx.actor().id, ctx.now()).await?;
    Ok(Json(standing))
}

/// The places that hand out a result of one's own; none while it does not wait at a counter.
#[utoipa::path(get, path = "/pickups/{number}", params(("number" = String, Path)), responses((status = 200, body = PickupView)))]
async fn read_pickup(
    State(app): State<App>,
    ctx: Ctx<AppointmentOwn>,
    Path(number): Path<String>,
) -> Result<Json<PickupView>> {
    Ok(Json(slots::pickup(&app, &ctx, &number).await?))
}

/// Books a visit.
#[utoipa::path(post, path = "/appointments", request_body = BookVisit, responses((status = 200, body = AppointmentView)))]
async fn book_visit(
    State(app): State<App>,
    ctx: Ctx<AppointmentOwn>,
    Json(body): Json<BookVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(Box::pin(book::book(&app, &ctx, body)).await?))
}

/// Cancels a visit.
#[utoipa::path(post, path = "/appointments/{id}/cancel", params(("id" = Uuid, Path)), request_body = CancelVisit, responses((status = 200, body = AppointmentView)))]
async fn cancel_visit(
    ctx: Ctx<AppointmentOwn>,
    Path(id): Path<Uuid>,
    Json(body): Json<CancelVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(own::cancel(&ctx, id, body).await?))
}

/// Takes another slot.
#[utoipa::path(post, path = "/appointments/{id}/change", params(("id" = Uuid, Path)), request_body = ChangeVisit, responses((status = 200, body = AppointmentView)))]
async fn change_visit(
    ctx: Ctx<AppointmentOwn>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeVisit>,
) -> Result<Json<AppointmentView>> {
    Ok(Json(Box::pin(own::change(&ctx, id, body)).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<AppointmentOwn, _>(routes!(list_own_appointments)))
        .routes(guard::<AppointmentOwn, _>(routes!(read_booking_standing)))
        .routes(guard::<AppointmentOwn, _>(routes!(read_pickup)))
        .routes(guard::<AppointmentOwn, _>(routes!(book_visit)))
        .routes(guard::<AppointmentOwn, _>(routes!(cancel_visit)))
        .routes(guard::<AppointmentOwn, _>(routes!(change_visit)))
}
