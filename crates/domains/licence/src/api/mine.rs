//! A holder's own licences.

use axum::extract::State;
use tb_contract::access::LicenceOwn;
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::mine::{self, OwnFilter};
use crate::view::{LicenceRow, LicenceView};

/// One's own licences, the newest first.
#[utoipa::path(get, path = "/mine", params(OwnFilter), responses((status = 200, body = Page<LicenceRow>)))]
async fn list_own_licences(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Query(filter): Query<OwnFilter>,
) -> Result<Json<Page<LicenceRow>>> {
    Ok(Json(mine::list(&app, &ctx, filter).await?))
}

/// One of one's own licences, with the code to show.
#[utoipa::path(get, path = "/mine/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = LicenceView)))]
async fn read_own_licence(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
) -> Result<Json<LicenceView>> {
    Ok(Json(mine::one(&app, &ctx, id).await?))
}

/// Its PDF; rendered now where nobody has opened it yet.
#[utoipa::path(get, path = "/mine/{id}/file", params(("id" = Uuid, Path)), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
async fn read_own_licence_file(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
) -> Result<FileAnswer> {
    Ok(mine::pdf(&app, &ctx, id).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<LicenceOwn, _>(routes!(list_own_licences)))
        .routes(guard::<LicenceOwn, _>(routes!(read_own_licence)))
        .routes(guard::<LicenceOwn, _>(routes!(read_own_licence_file)))
}
