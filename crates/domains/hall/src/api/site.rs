//! Service places, for whoever keeps them.

use tb_contract::access::SiteWrite;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::site::{self, NewSite, SaveSite, TrySite};
use crate::view::{AppointmentView, SiteVersionView, SiteView};

/// Places within reach.
#[utoipa::path(get, path = "/manage/sites", params(PageRequest), responses((status = 200, body = Page<SiteView>)))]
async fn list_sites(
    ctx: Ctx<SiteWrite>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<SiteView>>> {
    Ok(Json(site::list(&ctx, page).await?))
}

/// One place.
#[utoipa::path(get, path = "/manage/sites/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = SiteView)))]
async fn read_site(ctx: Ctx<SiteWrite>, Path(id): Path<Uuid>) -> Result<Json<SiteView>> {
    Ok(Json(site::one(&ctx, id).await?))
}

/// Its versions, the newest first.
#[utoipa::path(get, path = "/manage/sites/{id}/versions", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<SiteVersionView>)))]
async fn list_site_versions(
    ctx: Ctx<SiteWrite>,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<SiteVersionView>>> {
    Ok(Json(site::versions(&ctx, id).await?))
}

/// Makes a place.
#[utoipa::path(post, path = "/manage/sites", request_body = NewSite, responses((status = 200, body = SiteView)))]
async fn create_site(ctx: Ctx<SiteWrite>, Json(body): Json<NewSite>) -> Result<Json<SiteView>> {
    Ok(Json(site::create(&ctx, body).await?))
}

/// Who has booked what a change would leave no room for.
#[utoipa::path(post, path = "/manage/sites/{id}/preview", params(("id" = Uuid, Path)), request_body = TrySite, responses((status = 200, body = Vec<AppointmentView>)))]
async fn preview_site(
    ctx: Ctx<SiteWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<TrySite>,
) -> Result<Json<Vec<AppointmentView>>> {
    Ok(Json(site::preview(&ctx, id, body).await?))
}

/// Changes a place; every change is a new version.
#[utoipa::path(put, path = "/manage/sites/{id}", params(("id" = Uuid, Path)), request_body = SaveSite, responses((status = 200, body = SiteView)))]
async fn save_site(
    ctx: Ctx<SiteWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<SaveSite>,
) -> Result<Json<SiteView>> {
    Ok(Json(Box::pin(site::save(&ctx, id, body)).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<SiteWrite, _>(routes!(list_sites)))
        .routes(guard::<SiteWrite, _>(routes!(read_site)))
        .routes(guard::<SiteWrite, _>(routes!(list_site_versions)))
        .routes(guard::<SiteWrite, _>(routes!(create_site)))
        .routes(guard::<SiteWrite, _>(routes!(preview_site)))
        .routes(guard::<SiteWrite, _>(routes!(save_site)))
}
