//! The base catalogue (基本目录): lists, one base item with the offices that implement it, and what
//! its keepers do.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{BaseItemWrite, ItemManage};
use tb_contract::item::ItemType;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::FacetView;
use crate::catalogue::Catalogue;
use crate::entity::{base_item, base_item_version};
use crate::model::ItemStatus;
use crate::model::base_item::{BaseItem, BaseStatus, Deviation};
use crate::service::base_items::{browse, follow, publish, save};

/// What a list of base items is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BaseQuery {
    /// A part of the name or code.
    pub q: Option<String>,
    /// State.
    pub status: Option<BaseStatus>,
    /// Type.
    pub item_type: Option<ItemType>,
    /// Whether to count states and types.
    pub facets: Option<bool>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A page of what is to follow.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FollowQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A base item in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseItemRow {
    /// Base code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Type by its national code.
    pub item_type: String,
    /// State.
    pub status: BaseStatus,
    /// Whether the working copy differs from what is published.
    pub changed: bool,
    /// Newest published version; 0: none.
    pub published_version: i64,
    /// Version of the row, to be sent back with a change.
    pub version: i64,
    /// Sample data.
    pub sample: bool,
    /// First day of effect.
    pub effective_from: Option<NaiveDate>,
    /// First day on which it is in force no longer.
    pub abolished_on: Option<NaiveDate>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
    /// Items within reach that implement it.
    pub implementations: i64,
}

/// A page of base items.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseItemList {
    /// The rows, by code.
    pub items: Vec<BaseItemRow>,
    /// The cursor of the next page; `null` on the last.
    pub next_cursor: Option<String>,
    /// Counts, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Vec<FacetView>>,
}

/// A base item with what became of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseItemView {
    /// In short.
    #[serde(flatten)]
    pub row: BaseItemRow,
    /// Why it was abolished; empty while it is not.
    pub abolished_reason: String,
    /// Working copy.
    pub item: BaseItem,
    /// What is published.
    pub published: Option<BaseItem>,
    /// Versions, the newest first.
    pub versions: Vec<BaseVersionRow>,
    /// The items within reach that implement it.
    pub implementers: Vec<FollowRow>,
    /// The offices within reach that are expected to and do not.
    pub missing: Vec<MissingOffice>,
}

/// A published version of a base item.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseVersionRow {
    /// Version, from 1.
    pub version: i64,
    /// When.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: String,
}

/// An item beside its base item.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FollowRow {
    /// Code of the base item.
    pub base_code: String,
    /// Its name.
    pub base_name: String,
    /// Its state.
    pub base_status: BaseStatus,
    /// First day on which it is in force no longer.
    pub abolished_on: Option<NaiveDate>,
    /// Code of the item.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of its department.
    pub department_code: String,
    /// Name of its department.
    pub department_name: String,
    /// Its region.
    pub region: String,
    /// Its state.
    pub status: ItemStatus,
    /// Whether its working copy differs from what is published.
    pub changed: bool,
    /// Whether it has to follow: it deviates, or its base item is abolished.
    pub to_follow: bool,
    /// Where it deviates.
    pub deviations: Vec<Deviation>,
}

/// An office that is expected to implement a base item and does not.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MissingOffice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: String,
}

/// The base item of an item, beside its working copy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseStanding {
    /// What it says.
    pub item: BaseItem,
    /// Its state.
    pub status: BaseStatus,
    /// First day on which it is in force no longer.
    pub abolished_on: Option<NaiveDate>,
    /// Where the working copy deviates.
    pub deviations: Vec<Deviation>,
}

/// A new base item.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewBaseItem {
    /// What it says, as far as written.
    pub item: BaseItem,
}

/// A changed working copy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveBaseItem {
    /// Version of the row that was read.
    pub version: i64,
    /// What it says.
    pub item: BaseItem,
}

/// Publishes the working copy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PublishBaseItem {
    /// Version of the row that was read.
    pub version: i64,
}

/// Abolishes a base item.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AbolishBaseItem {
    /// Version of the row that was read.
    pub version: i64,
    /// First day on which it is in force no longer; today without it.
    #[serde(default)]
    pub abolished_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Where a base item stands after a change.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BaseSaved {
    /// Base code.
    pub code: String,
    /// State.
    pub status: BaseStatus,
    /// Whether the working copy differs from what is published.
    pub changed: bool,
    /// Newest published version; 0: none.
    pub published_version: i64,
    /// Version of the row.
    pub version: i64,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

impl BaseItemRow {
    pub(crate) fn of(row: &base_item::Model, implementations: i64) -> Self {
        Self {
            code: row.code.clone(),
            name: row.name.clone(),
            item_type: row.item_type.clone(),
            status: BaseStatus::from_word(&row.status),
            changed: row.changed,
            published_version: row.published_version,
            version: row.version,
            sample: row.sample,
            effective_from: row.effective_from,
            abolished_on: row.abolished_on,
            updated_at: row.updated_at,
            updated_by: row.updated_by.clone(),
            implementations,
        }
    }
}

impl BaseSaved {
    pub(crate) fn of(row: &base_item::Model) -> Self {
        Self {
            code: row.code.clone(),
            status: BaseStatus::from_word(&row.status),
            changed: row.changed,
            published_version: row.published_version,
            version: row.version,
            updated_at: row.updated_at,
            updated_by: row.updated_by.clone(),
        }
    }
}

impl BaseVersionRow {
    pub(crate) fn of(row: base_item_version::Model) -> Self {
        Self {
            version: row.version,
            published_at: row.published_at,
            published_by: row.published_by,
        }
    }
}

/// Lists base items by code.
#[utoipa::path(get, path = "/manage/base-items", params(BaseQuery), responses((status = 200, body = BaseItemList)))]
async fn list_base_items(
    ctx: Ctx<ItemManage>,
    Query(query): Query<BaseQuery>,
) -> Result<Json<BaseItemList>> {
    Ok(Json(browse::list(&ctx, query).await?))
}

/// Lists the items that have to follow their base items.
#[utoipa::path(get, path = "/manage/base-items/to-follow", params(FollowQuery), responses((status = 200, body = Page<FollowRow>)))]
async fn list_to_follow(
    ctx: Ctx<ItemManage>,
    Query(query): Query<FollowQuery>,
) -> Result<Json<Page<FollowRow>>> {
    Ok(Json(follow::to_follow(&ctx, query).await?))
}

/// Reads a base item with its versions and offices.
#[utoipa::path(get, path = "/manage/base-items/{code}", params(("code" = String, Path)),
    responses((status = 200, body = BaseItemView)))]
async fn read_base_item(
    ctx: Ctx<ItemManage>,
    Path(code): Path<String>,
) -> Result<Json<BaseItemView>> {
    Ok(Json(browse::read(&ctx, &code).await?))
}

/// Creates a draft.
#[utoipa::path(post, path = "/manage/base-items", request_body = NewBaseItem, responses((status = 200, body = BaseSaved)))]
async fn create_base_item(
    ctx: Ctx<BaseItemWrite>,
    Json(body): Json<NewBaseItem>,
) -> Result<Json<BaseSaved>> {
    Ok(Json(save::create(&ctx, body).await?))
}

/// Changes the working copy.
#[utoipa::path(put, path = "/manage/base-items/{code}", params(("code" = String, Path)), request_body = SaveBaseItem,
    responses((status = 200, body = BaseSaved)))]
async fn save_base_item(
    ctx: Ctx<BaseItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<SaveBaseItem>,
) -> Result<Json<BaseSaved>> {
    Ok(Json(save::save(&ctx, &code, body).await?))
}

/// Makes the working copy the version in force.
#[utoipa::path(post, path = "/manage/base-items/{code}/publish", params(("code" = String, Path)),
    request_body = PublishBaseItem, responses((status = 200, body = BaseSaved)))]
async fn publish_base_item(
    ctx: Ctx<BaseItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<PublishBaseItem>,
) -> Result<Json<BaseSaved>> {
    Ok(Json(publish::publish(&ctx, &code, body).await?))
}

/// Takes a base item out of the catalogue.
#[utoipa::path(post, path = "/manage/base-items/{code}/abolish", params(("code" = String, Path)),
    request_body = AbolishBaseItem, responses((status = 200, body = BaseSaved)))]
async fn abolish_base_item(
    ctx: Ctx<BaseItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<AbolishBaseItem>,
) -> Result<Json<BaseSaved>> {
    Ok(Json(publish::abolish(&ctx, &code, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemManage, _>(routes!(list_base_items)))
        .routes(guard::<ItemManage, _>(routes!(list_to_follow)))
        .routes(guard::<ItemManage, _>(routes!(read_base_item)))
        .routes(guard::<BaseItemWrite, _>(routes!(create_base_item)))
        .routes(guard::<BaseItemWrite, _>(routes!(save_base_item)))
        .routes(guard::<BaseItemWrite, _>(routes!(publish_base_item)))
        .routes(guard::<BaseItemWrite, _>(routes!(abolish_base_item)))
}
