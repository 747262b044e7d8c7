//! What the public reads of joint matters: the list, the guide, what a situation asks for.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use tb_contract::access::ItemBrowse;
use tb_contract::item::{Audience, Fee, MaterialRequirement};
use tb_contract::joint::JointItem;
use tb_http::{Json, Path, Result, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::{JudgeSituation, Listed};
use crate::catalogue::Catalogue;
use crate::model::situation::BarredView;
use crate::service::browse_joint_items;

/// A joint matter in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointCard {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// In short.
    pub summary: String,
    /// Lead office.
    pub lead_department_name: String,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Promised term of the whole.
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// Names of its items, in their order.
    pub items: Vec<String>,
    /// Number of departments.
    pub departments: u64,
    /// Sample data.
    pub sample: bool,
}

/// The guide of a joint matter.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointGuide {
    /// Version, from 1.
    pub version: i64,
    /// The description.
    pub item: JointItem,
    /// Its items.
    pub members: Vec<JointMemberView>,
}

/// One item of a joint matter.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointMemberView {
    /// Key within the matter.
    pub key: String,
    /// Implementation code.
    pub item_code: String,
    /// Name.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// Whether it belongs to the matter with the answers given.
    pub applies: bool,
    /// Questions on which it depends whether it belongs to the matter.
    pub depends_on: Vec<String>,
    /// Names of the items that must be granted first.
    pub after: Vec<String>,
    /// Promised term.
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// Legal term.
    #[schema(value_type = Option<serde_json::Value>)]
    pub legal_term: Option<Term>,
    /// Fees; none: free of charge.
    pub fees: Vec<Fee>,
    /// What the applicant gets.
    pub result: Option<String>,
}

/// What the answers of the joint guide come to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JointSituationView {
    /// Whether every question is answered, none bars the way, and every item is offered.
    pub may_apply: bool,
    /// Answers with which the matter cannot be applied for.
    pub barred: Vec<BarredView>,
    /// Ids of the questions not yet answered.
    pub unanswered: Vec<String>,
    /// What is promised of the items that belong to the matter.
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// Items, those that belong to the matter marked.
    pub members: Vec<JointMemberView>,
    /// Materials, each once.
    pub materials: Vec<MaterialRequirement>,
    /// Materials of the items taken apart.
    pub materials_apart: u64,
    /// Questions of the joint form.
    pub questions: u64,
    /// Questions of the items' forms taken apart.
    pub questions_apart: u64,
    /// All fees in fen.
    pub fee_total: i64,
}

/// Lists the joint matters on offer.
#[utoipa::path(get, path = "/joint-items", responses((status = 200, body = Listed<JointCard>)))]
async fn list_joint(State(catalogue): State<Catalogue>) -> Result<Json<Listed<JointCard>>> {
    Ok(Json(Listed {
        items: browse_joint_items::list(&catalogue).await?,
    }))
}

/// Reads the guide of a joint matter.
#[utoipa::path(get, path = "/joint-items/{code}", params(("code" = String, Path)), responses((status = 200, body = JointGuide)))]
async fn read_joint_guide(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
) -> Result<Json<JointGuide>> {
    Ok(Json(browse_joint_items::guide(&catalogue, &code).await?))
}

/// Says what a set of answers asks for: items, materials, questions, fees.
#[utoipa::path(post, path = "/joint-items/{code}/situation", params(("code" = String, Path)), request_body = JudgeSituation,
    responses((status = 200, body = JointSituationView)))]
async fn judge_joint_situation(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
    Json(body): Json<JudgeSituation>,
) -> Result<Json<JointSituationView>> {
    Ok(Json(
        browse_joint_items::judge(&catalogue, &code, &body.answers).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemBrowse, _>(routes!(list_joint)))
        .routes(guard::<ItemBrowse, _>(routes!(read_joint_guide)))
        .routes(guard::<ItemBrowse, _>(routes!(judge_joint_situation)))
}
