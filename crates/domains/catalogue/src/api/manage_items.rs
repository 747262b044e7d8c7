//! Items for their makers: lists, working copies, versions, publishing.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{ItemManage, ItemPublish, ItemWrite};
use tb_contract::item::ItemDocument;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{ItemId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::base_items::BaseStanding;
use crate::api::derived_items::ParentStanding;
use crate::api::item_reviews::ReviewRow;
use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::entity::{item, item_version};
use crate::model::ItemStatus;
use crate::model::compare::Change;
use crate::service::{manage_items, save_item, withdraw_item};

/// What a list of items is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ManageQuery {
    /// A part of the name or code.
    pub q: Option<String>,
    /// State.
    pub status: Option<ItemStatus>,
    /// Code of the department.
    pub department: Option<String>,
    /// `true`: only derived items whose parent has a newer version than they, or what is in force of them, were made from, or is withdrawn.
    pub behind: Option<bool>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Two versions to compare.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareQuery {
    /// The older version; without it the one before `to`. 0: nothing.
    pub from: Option<i64>,
    /// The newer version; without it the working copy.
    pub to: Option<i64>,
}

/// An item in a list of its makers.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a badge of its own in the list"
)]
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemRow {
    /// Id.
    pub id: ItemId,
    /// Implementation code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the department.
    pub department_code: String,
    /// Region.
    pub region: String,
    /// State.
    pub status: ItemStatus,
    /// Whether the working copy differs from what is published.
    pub changed: bool,
    /// Newest published version; 0: none.
    pub published_version: i64,
    /// Version of the row, to be sent back with a change.
    pub version: i64,
    /// Sample data.
    pub sample: bool,
    /// Whether it can be applied for online.
    pub online: bool,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
    /// Whether it has been submitted: the working copy cannot be changed until that is decided.
    pub under_review: bool,
    /// First day of the approved version that is still to come.
    pub coming_on: Option<NaiveDate>,
    /// Whether it is derived from another item.
    pub derived: bool,
}

/// An item with its working copy and versions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemDraft {
    /// The item in short.
    #[serde(flatten)]
    pub row: ItemRow,
    /// Whether it came with a list and was never described by hand.
    pub imported: bool,
    /// Place among the hot items.
    pub hot_rank: Option<i32>,
    /// Working copy.
    pub item: ItemDocument,
    /// Versions, the newest first.
    pub versions: Vec<VersionRow>,
    /// What was last submitted of it, and what became of that.
    pub review: Option<ReviewRow>,
    /// The base item that it implements, where the base catalogue has it.
    pub base: Option<BaseStanding>,
    /// What it is derived from, where it is.
    pub parent: Option<ParentStanding>,
}

/// A published version.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct VersionRow {
    /// Version, from 1.
    pub version: i64,
    /// When.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: String,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why; empty while it is not.
    pub withdrawn_reason: String,
}

/// What differs between two versions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemDifference {
    /// The older version; 0: nothing.
    pub from: i64,
    /// The newer version; `null`: the working copy.
    pub to: Option<i64>,
    /// The differences.
    pub changes: Vec<Change>,
}

/// A new draft.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewItem {
    /// The description, as far as written.
    pub item: ItemDocument,
}

/// A changed working copy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveItem {
    /// Version of the row that was read.
    pub version: i64,
    /// The description.
    pub item: ItemDocument,
}

/// Withdraws an item.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawItem {
    /// Version of the row that was read.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Where an item stands after a change.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemSaved {
    /// Implementation code.
    pub code: String,
    /// State.
    pub status: ItemStatus,
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

impl ItemRow {
    pub(crate) fn of(row: &item::Model) -> Self {
        Self {
            id: row.id.into(),
            code: row.code.clone(),
            name: row.name.clone(),
            department_code: row.department_code.clone(),
            region: row.region.clone(),
            status: ItemStatus::from_word(&row.status),
            changed: row.changed,
            published_version: row.published_version,
            version: row.version,
            sample: row.sample,
            online: row.online,
            updated_at: row.updated_at,
            updated_by: row.updated_by.clone(),
            under_review: row.open_review.is_some(),
            coming_on: row.coming_on,
            derived: row.parent_id.is_some(),
        }
    }
}

impl ItemSaved {
    pub(crate) fn of(row: &item::Model) -> Self {
        Self {
            code: row.code.clone(),
            status: ItemStatus::from_word(&row.status),
            changed: row.changed,
            published_version: row.published_version,
            version: row.version,
            updated_at: row.updated_at,
            updated_by: row.updated_by.clone(),
        }
    }
}

impl VersionRow {
    pub(crate) fn of(row: item_version::Model) -> Self {
        Self {
            version: row.version,
            published_at: row.published_at,
            published_by: row.published_by,
            withdrawn_at: row.withdrawn_at,
            withdrawn_reason: row.withdrawn_reason,
        }
    }
}

/// Lists items in every state.
#[utoipa::path(get, path = "/manage/items", params(ManageQuery), responses((status = 200, body = Page<ItemRow>)))]
async fn list(
    ctx: Ctx<ItemManage>,
    Query(query): Query<ManageQuery>,
) -> Result<Json<Page<ItemRow>>> {
    Ok(Json(manage_items::list_items(&ctx, query).await?))
}

/// Reads an item with its working copy and versions.
#[utoipa::path(get, path = "/manage/items/{code}", params(("code" = String, Path)),
    responses((status = 200, body = ItemDraft)))]
async fn read_draft(ctx: Ctx<ItemManage>, Path(code): Path<String>) -> Result<Json<ItemDraft>> {
    Ok(Json(manage_items::read_draft(&ctx, &code).await?))
}

/// Lists the versions of an item.
#[utoipa::path(get, path = "/manage/items/{code}/versions", params(("code" = String, Path)),
    responses((status = 200, body = Listed<VersionRow>)))]
async fn list_versions(
    ctx: Ctx<ItemManage>,
    Path(code): Path<String>,
) -> Result<Json<Listed<VersionRow>>> {
    Ok(Json(Listed {
        items: manage_items::list_versions(&ctx, &code).await?,
    }))
}

/// Compares two versions, or the working copy with what is published.
#[utoipa::path(get, path = "/manage/items/{code}/compare", params(("code" = String, Path), CompareQuery),
    responses((status = 200, body = ItemDifference)))]
async fn compare(
    ctx: Ctx<ItemManage>,
    Path(code): Path<String>,
    Query(query): Query<CompareQuery>,
) -> Result<Json<ItemDifference>> {
    Ok(Json(
        manage_items::compare_versions(&ctx, &code, query.from, query.to).await?,
    ))
}

/// Creates a draft.
#[utoipa::path(post, path = "/manage/items", request_body = NewItem, responses((status = 200, body = ItemSaved)))]
async fn create(ctx: Ctx<ItemWrite>, Json(body): Json<NewItem>) -> Result<Json<ItemSaved>> {
    Ok(Json(save_item::create_item(&ctx, body).await?))
}

/// Changes the working copy.
#[utoipa::path(put, path = "/manage/items/{code}", params(("code" = String, Path)), request_body = SaveItem,
    responses((status = 200, body = ItemSaved)))]
async fn save(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<SaveItem>,
) -> Result<Json<ItemSaved>> {
    Ok(Json(save_item::save_item(&ctx, &code, body).await?))
}

/// Withdraws a published item.
#[utoipa::path(post, path = "/manage/items/{code}/withdraw", params(("code" = String, Path)),
    request_body = WithdrawItem, responses((status = 200, body = ItemSaved)))]
async fn withdraw(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemPublish>,
    Path(code): Path<String>,
    Json(body): Json<WithdrawItem>,
) -> Result<Json<ItemSaved>> {
    Ok(Json(
        withdraw_item::withdraw_item(&catalogue, &ctx, &code, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemManage, _>(routes!(list)))
        .routes(guard::<ItemManage, _>(routes!(read_draft)))
        .routes(guard::<ItemManage, _>(routes!(list_versions)))
        .routes(guard::<ItemManage, _>(routes!(compare)))
        .routes(guard::<ItemWrite, _>(routes!(create)))
        .routes(guard::<ItemWrite, _>(routes!(save)))
        .routes(guard::<ItemPublish, _>(routes!(withdraw)))
}
