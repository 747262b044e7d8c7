//! The types of licences that may replace a material, for whoever describes items.

use axum::extract::State;
use tb_contract::access::ItemManage;
use tb_contract::licences::KnownLicenceType;
use tb_http::{Ctx, Json, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::catalogue::Catalogue;

/// Lists them by code, as the register of licences has them.
#[utoipa::path(get, path = "/manage/licence-types", responses((status = 200, body = Vec<KnownLicenceType>)))]
async fn list_replacing_licences(
    State(catalogue): State<Catalogue>,
    _: Ctx<ItemManage>,
) -> Result<Json<Vec<KnownLicenceType>>> {
    Ok(Json(catalogue.licence_types().types().await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new().routes(guard::<ItemManage, _>(routes!(list_replacing_licences)))
}
