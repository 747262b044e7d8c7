//! `/published-cases` and `/items`: cases as anybody may see them, and which are withheld.

use tb_contract::access::{PublicityManage, PublicityRead};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::item::{self, ItemPublicity, PublicityQuery, SetPublicity};
use crate::service::published::{self, PublishedCase, PublishedQuery};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<PublicityRead, _>(routes!(list_published_cases)))
        .routes(guard::<PublicityManage, _>(routes!(list_item_publicity)))
        .routes(guard::<PublicityManage, _>(routes!(set_item_publicity)))
}

/// Cases as anybody may see them, the latest change first.
#[utoipa::path(get, path = "/published-cases", params(PublishedQuery), responses((status = 200, body = Page<PublishedCase>)))]
async fn list_published_cases(
    ctx: Ctx<PublicityRead>,
    Query(query): Query<PublishedQuery>,
) -> Result<Json<Page<PublishedCase>>> {
    Ok(Json(published::published(&ctx, query).await?))
}

/// Items with whether their cases are published.
#[utoipa::path(get, path = "/items", params(PublicityQuery), responses((status = 200, body = Page<ItemPublicity>)))]
async fn list_item_publicity(
    ctx: Ctx<PublicityManage>,
    Query(query): Query<PublicityQuery>,
) -> Result<Json<Page<ItemPublicity>>> {
    Ok(Json(item::list(&ctx, query).await?))
}

/// Says whether the cases of an item are published.
#[utoipa::path(put, path = "/items/{code}/publicity", params(("code" = String, Path)), request_body = SetPublicity, responses((status = 200, body = ItemPublicity)))]
async fn set_item_publicity(
    ctx: Ctx<PublicityManage>,
    Path(code): Path<String>,
    Json(body): Json<SetPublicity>,
) -> Result<Json<ItemPublicity>> {
    Ok(Json(item::set(&ctx, code, body).await?))
}
