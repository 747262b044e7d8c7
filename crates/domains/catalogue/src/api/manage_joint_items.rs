//! Joint matters for their makers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{ItemManage, ItemPublish, ItemWrite};
use tb_contract::joint::JointItem;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::manage_items::{VersionRow, WithdrawItem};
use crate::catalogue::Catalogue;
use crate::entity::joint_item;
use crate::model::ItemStatus;
use crate::service::joint_items;

/// Which page of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JointListQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A joint matter in a list of its makers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the lead office.
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
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

/// A joint matter with its working copy and versions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointDraft {
    /// In short.
    #[serde(flatten)]
    pub row: JointRow,
    /// Working copy.
    pub item: JointItem,
    /// Versions, the newest first.
    pub versions: Vec<VersionRow>,
}

/// Publishes the working copy of a joint matter.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PublishJoint {
    /// Version of the row that was read.
    pub version: i64,
}

/// A new draft.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewJoint {
    /// The description, as far as written.
    pub item: JointItem,
}

/// A changed working copy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveJoint {
    /// Version of the row that was read.
    pub version: i64,
    /// The description.
    pub item: JointItem,
}

impl JointRow {
    pub(crate) fn of(row: &joint_item::Model) -> Self {
        Self {
            code: row.code.clone(),
            name: row.name.clone(),
            department_code: row.department_code.clone(),
            region: row.region.clone(),
            status: ItemStatus::from_word(&row.status),
            changed: row.changed,
            published_version: row.published_version,
            version: row.version,
            sample: row.sample,
            updated_at: row.updated_at,
            updated_by: row.updated_by.clone(),
        }
    }
}

/// Lists joint matters in every state.
#[utoipa::path(get, path = "/manage/joint-items", params(JointListQuery), responses((status = 200, body = Page<JointRow>)))]
async fn list_joint_drafts(
    ctx: Ctx<ItemManage>,
    Query(query): Query<JointListQuery>,
) -> Result<Json<Page<JointRow>>> {
    Ok(Json(joint_items::list(&ctx, query).await?))
}

/// Reads a joint matter with its working copy and versions.
#[utoipa::path(get, path = "/manage/joint-items/{code}", params(("code" = String, Path)),
    responses((status = 200, body = JointDraft)))]
async fn read_joint_draft(
    ctx: Ctx<ItemManage>,
    Path(code): Path<String>,
) -> Result<Json<JointDraft>> {
    Ok(Json(joint_items::read(&ctx, &code).await?))
}

/// Makes a draft.
#[utoipa::path(post, path = "/manage/joint-items", request_body = NewJoint, responses((status = 200, body = JointRow)))]
async fn create_joint(ctx: Ctx<ItemWrite>, Json(body): Json<NewJoint>) -> Result<Json<JointRow>> {
    Ok(Json(joint_items::create(&ctx, body.item).await?))
}

/// Changes the working copy.
#[utoipa::path(put, path = "/manage/joint-items/{code}", params(("code" = String, Path)), request_body = SaveJoint,
    responses((status = 200, body = JointRow)))]
async fn save_joint(
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<SaveJoint>,
) -> Result<Json<JointRow>> {
    Ok(Json(joint_items::save(&ctx, &code, body).await?))
}

/// Publishes the working copy as the next version.
#[utoipa::path(post, path = "/manage/joint-items/{code}/publish", params(("code" = String, Path)), request_body = PublishJoint,
    responses((status = 200, body = JointRow)))]
async fn publish_joint(
    ctx: Ctx<ItemPublish>,
    Path(code): Path<String>,
    Json(body): Json<PublishJoint>,
) -> Result<Json<JointRow>> {
    Ok(Json(joint_items::publish(&ctx, &code, body.version).await?))
}

/// Withdraws a published joint matter.
#[utoipa::path(post, path = "/manage/joint-items/{code}/withdraw", params(("code" = String, Path)),
    request_body = WithdrawItem, responses((status = 200, body = JointRow)))]
async fn withdraw_joint(
    ctx: Ctx<ItemPublish>,
    Path(code): Path<String>,
    Json(body): Json<WithdrawItem>,
) -> Result<Json<JointRow>> {
    Ok(Json(joint_items::withdraw(&ctx, &code, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemManage, _>(routes!(list_joint_drafts)))
        .routes(guard::<ItemManage, _>(routes!(read_joint_draft)))
        .routes(guard::<ItemWrite, _>(routes!(create_joint)))
        .routes(guard::<ItemWrite, _>(routes!(save_joint)))
        .routes(guard::<ItemPublish, _>(routes!(publish_joint)))
        .routes(guard::<ItemPublish, _>(routes!(withdraw_joint)))
}
