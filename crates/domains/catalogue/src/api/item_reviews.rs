//! Versions that were submitted: for their editors, and for the second person who decides.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{ItemManage, ItemReview, ItemWrite};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{AccountId, Fault, FieldFault};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::catalogue::Catalogue;
use crate::entity::item_review;
use crate::model::compare::Change;
use crate::model::review::{Editor, ReviewState, is_second_person};
use crate::service::own_json;
use crate::service::review::{browse, decide, submit, take_back};

/// What a list of reviews is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewQuery {
    /// State.
    pub state: Option<ReviewState>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A submitted version.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewRow {
    /// Id.
    pub id: Uuid,
    /// Implementation code of the item.
    pub code: String,
    /// Name of the item as submitted.
    pub name: String,
    /// Code of the department.
    pub department_code: String,
    /// State.
    pub state: ReviewState,
    /// Version of the row, to be sent back with a decision.
    pub version: i64,
    /// What the submitter says about it.
    pub note: String,
    /// First day of its effect; none: when it is approved.
    pub effective_on: Option<NaiveDate>,
    /// The version that was in force when it was submitted; 0: none.
    pub base_version: i64,
    /// Who submitted it.
    pub submitted_by: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was returned or taken back; what the approver said.
    pub reason: String,
    /// The version that it became.
    pub published_version: Option<i64>,
    /// Whether the caller has a hand in it, so that somebody else must decide.
    pub own: bool,
    /// The names of everybody who has.
    pub editors: Vec<String>,
}

/// A page of reviews.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewList {
    /// The reviews, the newest first.
    pub items: Vec<ReviewRow>,
    /// Cursor of the next page.
    pub next_cursor: Option<String>,
    /// How many within reach wait to be decided.
    pub waiting: u64,
}

/// A submitted version with what it changes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewDetail {
    /// The review.
    #[serde(flatten)]
    pub review: ReviewRow,
    /// What differs from the version that was in force when it was submitted.
    pub changes: Vec<Change>,
    /// What stands against publishing it.
    pub faults: Vec<FieldFault>,
}

/// Submits the working copy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SubmitItem {
    /// Version of the item's row that was read.
    pub version: i64,
    /// What is changed and why.
    #[serde(default)]
    pub note: String,
    /// First day of its effect, in Beijing; none: when it is approved.
    #[serde(default)]
    pub effective_on: Option<NaiveDate>,
}

/// Approves a submitted version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApproveReview {
    /// Version of the review's row that was read.
    pub version: i64,
    /// First day of its effect, in Beijing; none: as the submitter wishes.
    #[serde(default)]
    pub effective_on: Option<NaiveDate>,
    /// At once, whatever the submitter wishes.
    #[serde(default)]
    pub at_once: bool,
    /// A remark.
    #[serde(default)]
    pub remark: String,
}

/// Returns a submitted version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReturnReview {
    /// Version of the review's row that was read.
    pub version: i64,
    /// What has to be done about it.
    pub reason: String,
}

/// Takes back a submitted version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeBackReview {
    /// Version of the review's row that was read.
    pub version: i64,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl ReviewRow {
    pub(crate) fn of(row: &item_review::Model, me: AccountId) -> Result<Self, Fault> {
        let editors: Vec<Editor> = own_json(&row.editors)?;
        let own = !is_second_person(&editors, AccountId(row.submitter_id), me);
        Ok(Self {
            id: row.id,
            code: row.code.clone(),
            name: row.name.clone(),
            department_code: row.department_code.clone(),
            state: ReviewState::from_word(&row.state),
            version: row.version,
            note: row.note.clone(),
            effective_on: row.effective_on,
            base_version: row.base_version,
            submitted_by: row.submitter.clone(),
            submitted_at: row.submitted_at,
            decided_by: row.decider.clone(),
            decided_at: row.decided_at,
            reason: row.reason.clone(),
            published_version: row.published_version,
            own,
            editors: editors.into_iter().map(|one| one.name).collect(),
        })
    }
}

/// Submits the working copy of an item for review.
#[utoipa::path(post, path = "/manage/items/{code}/submit", params(("code" = String, Path)),
    request_body = SubmitItem, responses((status = 200, body = ReviewRow)))]
async fn submit_item(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemWrite>,
    Path(code): Path<String>,
    Json(body): Json<SubmitItem>,
) -> Result<Json<ReviewRow>> {
    Ok(Json(
        submit::submit_item(&catalogue, &ctx, &code, body).await?,
    ))
}

/// Lists submitted versions.
#[utoipa::path(get, path = "/manage/reviews", params(ReviewQuery), responses((status = 200, body = ReviewList)))]
async fn list_reviews(
    ctx: Ctx<ItemManage>,
    Query(query): Query<ReviewQuery>,
) -> Result<Json<ReviewList>> {
    Ok(Json(browse::list(&ctx, query).await?))
}

/// Reads a submitted version with what it changes.
#[utoipa::path(get, path = "/manage/reviews/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = ReviewDetail)))]
async fn read_review(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemManage>,
    Path(id): Path<Uuid>,
) -> Result<Json<ReviewDetail>> {
    Ok(Json(browse::read(&catalogue, &ctx, id).await?))
}

/// Approves a submitted version: it takes effect at once or on a day to come.
#[utoipa::path(post, path = "/manage/reviews/{id}/approve", params(("id" = Uuid, Path)),
    request_body = ApproveReview, responses((status = 200, body = ReviewRow)))]
async fn approve_review(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemReview>,
    Path(id): Path<Uuid>,
    Json(body): Json<ApproveReview>,
) -> Result<Json<ReviewRow>> {
    Ok(Json(decide::approve(&catalogue, &ctx, id, body).await?))
}

/// Returns a submitted version with a reason.
#[utoipa::path(post, path = "/manage/reviews/{id}/return", params(("id" = Uuid, Path)),
    request_body = ReturnReview, responses((status = 200, body = ReviewRow)))]
async fn return_review(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemReview>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReturnReview>,
) -> Result<Json<ReviewRow>> {
    Ok(Json(decide::send_back(&catalogue, &ctx, id, body).await?))
}

/// Takes a submitted version back before it is in force.
#[utoipa::path(post, path = "/manage/reviews/{id}/take-back", params(("id" = Uuid, Path)),
    request_body = TakeBackReview, responses((status = 200, body = ReviewRow)))]
async fn take_back_review(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<ItemWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<TakeBackReview>,
) -> Result<Json<ReviewRow>> {
    Ok(Json(
        take_back::take_back(&catalogue, &ctx, id, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemWrite, _>(routes!(submit_item)))
        .routes(guard::<ItemManage, _>(routes!(list_reviews)))
        .routes(guard::<ItemManage, _>(routes!(read_review)))
        .routes(guard::<ItemReview, _>(routes!(approve_review)))
        .routes(guard::<ItemReview, _>(routes!(return_review)))
        .routes(guard::<ItemWrite, _>(routes!(take_back_review)))
}
