//! Hot items for whoever keeps them.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::ItemPublish;
use tb_http::{Ctx, Json, Result, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::model::ItemStatus;
use crate::service::hot;
use crate::store::item::Wanted;

/// An item that is hot, or was applied for.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HotItem {
    /// Implementation code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the department.
    pub department_code: String,
    /// State.
    pub status: ItemStatus,
    /// Place among the hot items; none where others are wanted more.
    pub rank: Option<i32>,
    /// Place among the pinned ones.
    pub pin: Option<i32>,
    /// Applications of the last thirty days; 0 stands for few, too.
    pub count: i64,
}

/// The items to be pinned.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PinItems {
    /// Their codes, in their order; what is not in it is not pinned any more.
    pub codes: Vec<String>,
}

impl HotItem {
    pub(crate) fn of(row: Wanted) -> Self {
        Self {
            code: row.code,
            name: row.name,
            department_code: row.department_code,
            status: ItemStatus::from_word(&row.status),
            rank: row.hot_rank,
            pin: row.hot_pin,
            count: row.hot_count,
        }
    }
}

/// Lists the hot items in their order, then others that were applied for.
#[utoipa::path(get, path = "/manage/hot", responses((status = 200, body = Listed<HotItem>)))]
async fn list_hot_items(ctx: Ctx<ItemPublish>) -> Result<Json<Listed<HotItem>>> {
    Ok(Json(Listed {
        items: hot::list(&ctx).await?,
    }))
}

/// Pins items in this order, and no others.
#[utoipa::path(put, path = "/manage/hot", request_body = PinItems, responses((status = 200, body = Listed<HotItem>)))]
async fn pin_hot_items(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemPublish>,
    Json(body): Json<PinItems>,
) -> Result<Json<Listed<HotItem>>> {
    Ok(Json(Listed {
        items: hot::pin(&catalogue, &ctx, body).await?,
    }))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemPublish, _>(routes!(list_hot_items)))
        .routes(guard::<ItemPublish, _>(routes!(pin_hot_items)))
}
