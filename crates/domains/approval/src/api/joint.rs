//! One answer for a joint matter: the parts of the departments, and the lead office that sends them.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_calendar::Light;
use tb_contract::access::{CaseAccept, CaseRead};
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::{CaseId, Page};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::model::joint::{DroppedPoint, PartState, SharedPoint, Verdict};
use crate::model::state::{self, RefusalKind};
use crate::service::joint::{read, send};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseRead, _>(routes!(joint_part)))
        .routes(guard::<CaseAccept, _>(routes!(list_joint_matters)))
        .routes(guard::<CaseAccept, _>(routes!(show_joint_matter)))
        .routes(guard::<CaseAccept, _>(routes!(send_joint_matter)))
}

/// Sends what was given.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SendJoint {
    /// Version of the matter that the caller has seen.
    pub version: i64,
    /// Words before the lists; may be empty.
    #[serde(default)]
    pub words: String,
    /// Lists that go out otherwise than they were given.
    #[serde(default)]
    pub parts: Vec<EditedPart>,
}

/// The list of an item as the lead office sends it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EditedPart {
    /// The case.
    pub case_id: Uuid,
    /// Words for the applicant; empty: those of the department.
    #[serde(default)]
    pub reason: String,
    /// Points that are left out, each with its reason.
    #[serde(default)]
    pub dropped: Vec<DroppedPoint>,
}

/// A matter that waits for its lead office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JointMatterRow {
    /// Number of the whole.
    pub number: String,
    /// Name: 开办餐饮店.
    pub name: String,
    /// Parts that wait.
    pub parts: usize,
    /// How many of them were given.
    pub given: usize,
    /// Last day for the lead office.
    pub send_by: NaiveDate,
    /// Whether it is over.
    pub late: bool,
}

/// A matter with all its parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JointMatterView {
    /// Number of the whole.
    pub number: String,
    /// Name: 开办餐饮店.
    pub name: String,
    /// Version to send back.
    pub version: i64,
    /// Day by which the whole is promised.
    pub due: Option<NaiveDate>,
    /// Light of the whole, from the clocks of its cases; `null` once none runs.
    #[schema(value_type = Option<String>, example = "green")]
    pub light: Option<Light>,
    /// Last day for the lead office, while a part waits.
    pub send_by: Option<NaiveDate>,
    /// Whether what was given can be sent.
    pub ready: bool,
    /// Departments that still examine within their sub-terms.
    pub missing: Option<String>,
    /// What several of the lists that were given want.
    pub shared: Vec<SharedPoint>,
    /// The parts.
    pub parts: Vec<AnswerPartView>,
}

/// The part of a department.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerPartView {
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// Department.
    pub office: String,
    /// The lead office.
    pub lead_name: String,
    /// Where the case stands.
    pub case_state: state::State,
    /// Its light; `null` once no clock runs towards a decision.
    #[schema(value_type = Option<String>, example = "green")]
    pub light: Option<Light>,
    /// How far it has come.
    pub state: PartState,
    /// What it says, once it was given.
    pub verdict: Option<Verdict>,
    /// Who gave it.
    pub answerer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Last day for it.
    pub part_by: NaiveDate,
    /// Whether that is over while it is not given.
    pub late: bool,
    /// Last day for the lead office: behind it the department's answer goes out by itself.
    pub send_by: NaiveDate,
    /// Fields to correct.
    pub fields: Vec<PointView>,
    /// Materials to correct.
    pub materials: Vec<PointView>,
    /// Words for the applicant.
    pub reason: String,
    /// Why it is not accepted.
    pub refusal: Option<RefusalKind>,
    /// What the lead office left out.
    pub dropped: Vec<DroppedView>,
}

/// A point of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointView {
    /// JSON Pointer or requirement id.
    pub key: String,
    /// Its name.
    pub label: String,
}

impl From<(String, String)> for PointView {
    fn from((key, label): (String, String)) -> Self {
        Self { key, label }
    }
}

/// A point that the lead office left out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DroppedView {
    /// Its name.
    pub label: String,
    /// Why.
    pub reason: String,
}

/// The part of a case of a joint matter that is answered as one; `null` for any other case.
#[utoipa::path(get, path = "/cases/{id}/joint-part", params(("id" = CaseId, Path)), responses((status = 200, body = Option<AnswerPartView>)))]
async fn joint_part(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Option<AnswerPartView>>> {
    Ok(Json(read::of_case(&app, &ctx, id.0).await?))
}

/// The matters that wait for one's department as their lead office, the most urgent first.
#[utoipa::path(get, path = "/joint-matters", responses((status = 200, body = Page<JointMatterRow>)))]
async fn list_joint_matters(ctx: Ctx<CaseAccept>) -> tb_http::Result<Json<Page<JointMatterRow>>> {
    Ok(Json(read::matters(&ctx).await?))
}

/// One of them with all its parts; that it was read is recorded.
#[utoipa::path(get, path = "/joint-matters/{number}", params(("number" = String, Path)), responses((status = 200, body = JointMatterView)))]
async fn show_joint_matter(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(number): Path<String>,
) -> tb_http::Result<Json<JointMatterView>> {
    Ok(Json(read::show(&app, &ctx, &number).await?))
}

/// Sends what was given as one answer.
#[utoipa::path(post, path = "/joint-matters/{number}/send", params(("number" = String, Path)), request_body = SendJoint, responses((status = 200, body = JointMatterView)))]
async fn send_joint_matter(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(number): Path<String>,
    Json(body): Json<SendJoint>,
) -> tb_http::Result<Json<JointMatterView>> {
    Ok(Json(Box::pin(send::send(&app, &ctx, &number, body)).await?))
}
