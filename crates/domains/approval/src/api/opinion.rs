//! Opinions of other departments about a case (征求意见).

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::access::{CaseRead, CaseUnmask, OpinionAnswer, OpinionAsk};
use tb_http::{
    Ctx, FileAnswer, Json, Path, Query, WordsForm, guard, takes_enclosures, words_with_files,
};
use tb_kernel::{CaseId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::view::{FileView, SituationAnswerView};
use crate::app::App;
use crate::model::opinion::{OpinionState, Stance};
use crate::service::opinion::{self, asked};

pub(super) fn routes() -> OpenApiRouter<App> {
    let give = takes_enclosures(routes!(give_opinion));
    OpenApiRouter::new()
        .routes(guard::<OpinionAsk, _>(routes!(ask_opinion)))
        .routes(guard::<CaseRead, _>(routes!(opinions_of_case)))
        .routes(guard::<OpinionAsk, _>(routes!(withdraw_opinion)))
        .routes(guard::<CaseUnmask, _>(routes!(file_of_opinion)))
        .routes(guard::<OpinionAnswer, _>(routes!(list_opinions)))
        .routes(guard::<OpinionAnswer, _>(routes!(show_opinion)))
        .routes(guard::<OpinionAnswer, _>(routes!(shown_file)))
        .routes(guard::<OpinionAnswer, _>(give))
        .routes(guard::<OpinionAnswer, _>(routes!(decline_opinion)))
}

/// A question to departments.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AskOpinion {
    /// Credit codes of the departments, ten at most.
    pub departments: Vec<String>,
    /// What is asked.
    pub words: String,
    /// Working days for the answer, 1 to 20.
    pub days: u32,
    /// Whether they see the form, with what is sensitive masked.
    #[serde(default)]
    pub with_form: bool,
    /// Requirements whose files they can open.
    #[serde(default)]
    pub materials: Vec<String>,
}

/// Why it is not a matter of the department.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DeclineOpinion {
    /// Reason.
    pub reason: String,
}

/// Which requests are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OpinionQuery {
    /// `open` (default), `given`, `declined`, `withdrawn`, `lapsed`.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// What a department thinks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GivenStance {
    /// `agree`, `conditions`, `object`, `no_comment`; it has to be there.
    pub stance: Option<Stance>,
}

/// A request in a list, without what may name people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpinionRow {
    /// Id.
    pub id: Uuid,
    /// Number of the case.
    pub case_number: String,
    /// Name of its item.
    pub item_name: String,
    /// The department that asks.
    pub office: String,
    /// When it asked.
    pub asked_at: DateTime<Utc>,
    /// Last day for the answer.
    pub answer_by: NaiveDate,
    /// Whether the answer is late.
    pub late: bool,
    /// How far it has come.
    pub state: OpinionState,
    /// What was answered.
    pub stance: Option<Stance>,
    /// Who answered.
    pub answerer: Option<String>,
}

/// A request with its answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpinionView {
    /// Id.
    pub id: Uuid,
    /// Number of the case.
    pub case_number: String,
    /// Name of its item.
    pub item_name: String,
    /// The department that asks.
    pub office: String,
    /// The department that is asked.
    pub asked_office: String,
    /// What is asked.
    pub words: String,
    /// Who asks.
    pub asker: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Last day for the answer.
    pub answer_by: NaiveDate,
    /// How far it has come.
    pub state: OpinionState,
    /// Whether the answer is late.
    pub late: bool,
    /// What was answered.
    pub stance: Option<Stance>,
    /// In words; why it was declined.
    pub answer: Option<String>,
    /// Files with the answer.
    pub files: Vec<FileView>,
    /// Who answered.
    pub answerer: Option<String>,
    /// When it was given, declined, withdrawn, or became of no use.
    pub settled_at: Option<DateTime<Utc>>,
    /// Whether the caller can take it back.
    pub may_withdraw: bool,
}

/// A request as the department sees it that is asked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AskedOpinionView {
    /// The request.
    pub opinion: OpinionView,
    /// Situation guide: question and answer; empty where the form is not shown, or not any more.
    pub situation: Vec<SituationAnswerView>,
    /// Form document, where it is shown.
    #[schema(value_type = Option<Object>)]
    pub form: Option<Value>,
    /// Answers, with what is sensitive masked.
    #[schema(value_type = Object)]
    pub answers: Value,
    /// Materials that are shown; none once the request is settled.
    pub materials: Vec<ShownMaterialView>,
}

/// A material that another department may look at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShownMaterialView {
    /// Requirement.
    pub requirement_id: String,
    /// Name.
    pub name: String,
    /// Its files: `GET /opinions/{id}/files/{file_id}`.
    pub files: Vec<FileView>,
}

/// Asks departments for their opinions.
#[utoipa::path(post, path = "/cases/{id}/opinions", params(("id" = CaseId, Path)), request_body = AskOpinion, responses((status = 200, body = Vec<OpinionView>)))]
async fn ask_opinion(
    State(app): State<App>,
    ctx: Ctx<OpinionAsk>,
    Path(id): Path<CaseId>,
    Json(body): Json<AskOpinion>,
) -> tb_http::Result<Json<Vec<OpinionView>>> {
    Ok(Json(opinion::ask(&app, &ctx, id.0, body).await?))
}

/// What was asked of other departments about a case, and what they answered; that it was read is
/// recorded.
#[utoipa::path(get, path = "/cases/{id}/opinions", params(("id" = CaseId, Path)), responses((status = 200, body = Vec<OpinionView>)))]
async fn opinions_of_case(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Vec<OpinionView>>> {
    Ok(Json(opinion::of_case(&app, &ctx, id.0).await?))
}

/// Takes a request back that nobody has answered.
#[utoipa::path(post, path = "/cases/{id}/opinions/{opinion_id}/withdraw", params(("id" = CaseId, Path), ("opinion_id" = Uuid, Path)), responses((status = 200, body = OpinionView)))]
async fn withdraw_opinion(
    State(app): State<App>,
    ctx: Ctx<OpinionAsk>,
    Path((id, opinion_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<Json<OpinionView>> {
    Ok(Json(opinion::withdraw(&app, &ctx, id.0, opinion_id).await?))
}

/// A file that came with an answer; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/opinions/files/{file_id}", params(("id" = CaseId, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn file_of_opinion(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, file_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(opinion::file(&app, &ctx, id.0, file_id).await?)
}

/// What one's department is asked, the most urgent first.
#[utoipa::path(get, path = "/opinions", params(OpinionQuery), responses((status = 200, body = Page<OpinionRow>)))]
async fn list_opinions(
    ctx: Ctx<OpinionAnswer>,
    Query(query): Query<OpinionQuery>,
) -> tb_http::Result<Json<Page<OpinionRow>>> {
    Ok(Json(asked::list(&ctx, query).await?))
}

/// A request with what it shows of the case; that it was read is recorded.
#[utoipa::path(get, path = "/opinions/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = AskedOpinionView)))]
async fn show_opinion(
    State(app): State<App>,
    ctx: Ctx<OpinionAnswer>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<AskedOpinionView>> {
    Ok(Json(asked::show(&app, &ctx, id).await?))
}

/// A file that a request shows, or of one's own answer; that it was read is recorded.
#[utoipa::path(get, path = "/opinions/{id}/files/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn shown_file(
    State(app): State<App>,
    ctx: Ctx<OpinionAnswer>,
    Path((id, file_id)): Path<(Uuid, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(asked::file(&app, &ctx, id, file_id).await?)
}

/// Answers; words are needed unless one agrees or has nothing to say.
#[utoipa::path(post, path = "/opinions/{id}/give", params(("id" = Uuid, Path), GivenStance), request_body(content = WordsForm, content_type = "multipart/form-data"), responses((status = 200, body = OpinionView)))]
async fn give_opinion(
    State(app): State<App>,
    ctx: Ctx<OpinionAnswer>,
    Path(id): Path<Uuid>,
    Query(query): Query<GivenStance>,
    multipart: Result<Multipart, MultipartRejection>,
) -> tb_http::Result<Json<OpinionView>> {
    asked::admit(&ctx, id).await?;
    let brought = words_with_files(multipart, app.store().blobs()).await?;
    Ok(Json(
        asked::give(&app, &ctx, id, query.stance, brought).await?,
    ))
}

/// Says that it is not a matter of one's department.
#[utoipa::path(post, path = "/opinions/{id}/decline", params(("id" = Uuid, Path)), request_body = DeclineOpinion, responses((status = 200, body = OpinionView)))]
async fn decline_opinion(
    State(app): State<App>,
    ctx: Ctx<OpinionAnswer>,
    Path(id): Path<Uuid>,
    Json(body): Json<DeclineOpinion>,
) -> tb_http::Result<Json<OpinionView>> {
    Ok(Json(asked::decline(&app, &ctx, id, &body.reason).await?))
}
