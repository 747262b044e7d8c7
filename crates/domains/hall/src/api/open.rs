//! Where and when, for anybody.

use tb_contract::access::SlotBrowse;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::slots::{self, PlaceQuery, SlotQuery};
use crate::view::{PlaceView, SlotDay};

/// Places where a visit for an item can be booked; none where that is not offered.
#[utoipa::path(get, path = "/places", params(PlaceQuery), responses((status = 200, body = Vec<PlaceView>)))]
async fn list_places(
    ctx: Ctx<SlotBrowse>,
    Query(query): Query<PlaceQuery>,
) -> Result<Json<Vec<PlaceView>>> {
    Ok(Json(slots::places(&ctx, &query).await?))
}

/// The days of a counter with their slots and what is left of them.
#[utoipa::path(get, path = "/places/{id}/slots", params(("id" = Uuid, Path), SlotQuery), responses((status = 200, body = Vec<SlotDay>)))]
async fn list_slots(
    ctx: Ctx<SlotBrowse>,
    Path(id): Path<Uuid>,
    Query(query): Query<SlotQuery>,
) -> Result<Json<Vec<SlotDay>>> {
    Ok(Json(slots::days(&ctx, id, &query).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<SlotBrowse, _>(routes!(list_places)))
        .routes(guard::<SlotBrowse, _>(routes!(list_slots)))
}
