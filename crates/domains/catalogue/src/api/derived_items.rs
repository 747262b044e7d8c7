//! Items that an office derives from another one.

use serde::{Deserialize, Serialize};
use tb_contract::access::ItemWrite;
use tb_contract::item::ItemDocument;
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::manage_items::ItemSaved;
use crate::catalogue::Catalogue;
use crate::model::ItemStatus;
use crate::model::compare::Change;
use crate::service::derived_items;

/// An item that is to be derived.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDerived {
    /// Its code.
    pub code: String,
    /// The office that handles it.
    pub department_code: String,
}

/// The version of the row that was read.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DerivedVersion {
    /// Version of the row that was read.
    pub version: i64,
}

/// What a derived item comes from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ParentStanding {
    /// Code of the parent.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is within reach of who asks.
    pub within_reach: bool,
    /// Its state.
    pub status: ItemStatus,
    /// Its newest version.
    pub published_version: i64,
    /// Its version that the working copy was last made from.
    pub derived_at: i64,
    /// Its version that what is in force was made from; `null`: nothing is, or it was not derived.
    pub published_derived_at: Option<i64>,
    /// What it says in that version.
    pub item: ItemDocument,
    /// Places, by JSON Pointer, that say which item it is: none of them is inherited.
    pub identity: Vec<String>,
    /// Places, by JSON Pointer, in which the derived item may speak for itself; `*` is any row.
    pub own: Vec<String>,
    /// What would become different in the working copy if it were derived anew.
    pub news: Vec<Change>,
}

/// Creates a draft for another office that says what this item says in force.
#[utoipa::path(post, path = "/manage/items/{code}/derive", params(("code" = String, Path)), request_body = NewDerived,
    responses((status = 200, body = ItemSaved)))]
async fn derive_item(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<NewDerived>,
) -> Result<Json<ItemSaved>> {
    let saved = Box::pin(derived_items::derive_item(&ctx, &code, body)).await?;
    Ok(Json(saved))
}

/// Brings what the parent says now into the working copy of a derived item.
#[utoipa::path(post, path = "/manage/items/{code}/derive-anew", params(("code" = String, Path)), request_body = DerivedVersion,
    responses((status = 200, body = ItemSaved)))]
async fn derive_item_anew(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<DerivedVersion>,
) -> Result<Json<ItemSaved>> {
    Ok(Json(derived_items::renew_item(&ctx, &code, body).await?))
}

/// Makes a derived item one of its own.
#[utoipa::path(post, path = "/manage/items/{code}/let-go", params(("code" = String, Path)), request_body = DerivedVersion,
    responses((status = 200, body = ItemSaved)))]
async fn let_item_go(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<DerivedVersion>,
) -> Result<Json<ItemSaved>> {
    Ok(Json(derived_items::let_go(&ctx, &code, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemWrite, _>(routes!(derive_item)))
        .routes(guard::<ItemWrite, _>(routes!(derive_item_anew)))
        .routes(guard::<ItemWrite, _>(routes!(let_item_go)))
}
