//! Hearings of interested persons (听证): told, asked for, called, held.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use tb_contract::access::{CaseDivert, CaseUnmask};
use tb_http::{
    Ctx, FileAnswer, Json, Path, Query, WordsForm, guard, takes_enclosures, words_with_files,
};
use tb_kernel::{AccountId, CaseId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::view::CaseView;
use crate::app::App;
use crate::model::hearing::{Interested, Retreat};
use crate::service::hearing;

type Answer = tb_http::Result<Json<CaseView>>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseDivert, _>(routes!(tell_hearing_right)))
        .routes(guard::<CaseDivert, _>(routes!(ask_hearing)))
        .routes(guard::<CaseDivert, _>(routes!(waive_hearing)))
        .routes(guard::<CaseDivert, _>(routes!(call_hearing)))
        .routes(takes_enclosures(guard::<CaseDivert, _>(routes!(
            hold_hearing
        ))))
        .routes(guard::<CaseUnmask, _>(routes!(hearing_file)))
}

/// `tell-hearing-right`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TellHearingRight {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Who is told beside the applicant, 1 to 50; while the days for asking last, those who are told
    /// beside the ones before, if any.
    pub persons: Vec<Interested>,
    /// On what day the last of them was told, not before the acceptance; absent: today.
    pub told_on: Option<NaiveDate>,
    /// What interest is at stake; all of them read it.
    pub reason: String,
}

/// `ask-hearing`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AskHearing {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Who asks: the place of an interested person in the list, from 0; absent: the applicant.
    pub person: Option<u32>,
    /// On what day he asked: that of the postmark, where it came by post; absent: today.
    pub asked_on: Option<NaiveDate>,
    /// Why, as he wrote it; for the office only.
    pub reason: String,
}

/// `waive-hearing`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WaiveHearing {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Whether all give it up, or one takes back what he asked.
    pub retreat: Retreat,
    /// Who takes it back: his place in the list, from 0; absent: the applicant.
    pub person: Option<u32>,
    /// How they have said so; for the office only.
    pub reason: String,
}

/// `call-hearing`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CallHearing {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// When it is held.
    pub held_at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// Who presides: a colleague who has not examined the case.
    pub presider_id: AccountId,
    /// What else is to be known; all read it.
    #[serde(default)]
    pub remark: String,
}

/// Which version of the case the record is written on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SeenVersion {
    /// Version of the case that the caller has seen; it has to be there.
    pub version: Option<i64>,
}

/// Tells applicant and interested persons that they may ask for a hearing within five working days.
#[utoipa::path(post, path = "/cases/{id}/tell-hearing-right", params(("id" = CaseId, Path)), request_body = TellHearingRight,
    responses((status = 200, body = CaseView)))]
async fn tell_hearing_right(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<TellHearingRight>,
) -> Answer {
    Ok(Json(hearing::tell(&app, &ctx, id, body).await?))
}

/// Notes that one of them asks: the terms rest until it was held.
#[utoipa::path(post, path = "/cases/{id}/ask-hearing", params(("id" = CaseId, Path)), request_body = AskHearing,
    responses((status = 200, body = CaseView)))]
async fn ask_hearing(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<AskHearing>,
) -> Answer {
    Ok(Json(hearing::ask(&app, &ctx, id, body).await?))
}

/// Notes that all who could ask give it up in writing, or that one who asked takes it back.
#[utoipa::path(post, path = "/cases/{id}/waive-hearing", params(("id" = CaseId, Path)), request_body = WaiveHearing,
    responses((status = 200, body = CaseView)))]
async fn waive_hearing(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<WaiveHearing>,
) -> Answer {
    Ok(Json(hearing::waive(&app, &ctx, id, body).await?))
}

/// Tells when and where it is held and who presides; again, where it is put off.
#[utoipa::path(post, path = "/cases/{id}/call-hearing", params(("id" = CaseId, Path)), request_body = CallHearing,
    responses((status = 200, body = CaseView)))]
async fn call_hearing(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<CallHearing>,
) -> Answer {
    Ok(Json(hearing::call(&app, &ctx, id, body).await?))
}

/// Keeps the record with its signed sheets, one to five; the terms go on.
#[utoipa::path(post, path = "/cases/{id}/hold-hearing", params(("id" = CaseId, Path), SeenVersion), request_body(content = WordsForm, content_type = "multipart/form-data"),
    responses((status = 200, body = CaseView)))]
async fn hold_hearing(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Query(query): Query<SeenVersion>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer {
    hearing::admit(&ctx, id).await?;
    let brought = words_with_files(multipart, app.store().blobs()).await?;
    Ok(Json(
        hearing::hold(&app, &ctx, id, query.version, brought).await?,
    ))
}

/// A file of a record; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/hearing/files/{file_id}", params(("id" = CaseId, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn hearing_file(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, file_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(hearing::file(&app, &ctx, id, file_id).await?)
}
