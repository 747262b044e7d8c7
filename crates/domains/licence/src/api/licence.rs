//! Licences, for staff.

use axum::extract::State;
use tb_contract::access::LicenceRead;
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::search::{self, LicenceQuery};
use crate::view::{LicenceRow, LicenceView};

/// Licences within reach, the newest first, masked; a search is exact and recorded.
#[utoipa::path(get, path = "/licences", params(LicenceQuery), responses((status = 200, body = Page<LicenceRow>)))]
async fn list_licences(
    State(app): State<App>,
    ctx: Ctx<LicenceRead>,
    Query(query): Query<LicenceQuery>,
) -> Result<Json<Page<LicenceRow>>> {
    Ok(Json(search::list(&app, &ctx, query).await?))
}

/// One licence, masked.
#[utoipa::path(get, path = "/licences/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = LicenceView)))]
async fn read_licence(
    State(app): State<App>,
    ctx: Ctx<LicenceRead>,
    Path(id): Path<Uuid>,
) -> Result<Json<LicenceView>> {
    Ok(Json(search::one(&app, &ctx, id).await?))
}

/// Its PDF, recorded; rendered now where nobody has opened it yet.
#[utoipa::path(get, path = "/licences/{id}/file", params(("id" = Uuid, Path)), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
async fn read_licence_file(
    State(app): State<App>,
    ctx: Ctx<LicenceRead>,
    Path(id): Path<Uuid>,
) -> Result<FileAnswer> {
    Ok(search::pdf(&app, &ctx, id).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<LicenceRead, _>(routes!(list_licences)))
        .routes(guard::<LicenceRead, _>(routes!(read_licence)))
        .routes(guard::<LicenceRead, _>(routes!(read_licence_file)))
}
