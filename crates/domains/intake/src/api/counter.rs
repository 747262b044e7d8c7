//! The counter (窗口收件): what it may take in, its drafts, the hand-in, the receipt.

use axum::extract::State;
use axum::http::StatusCode;
use tb_contract::access::{CounterRead, CounterWrite};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard};
use tb_kernel::{ApplicationId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service;
use crate::service::commit::SignCommitment;
use crate::service::counter::begin::BeginAtCounter;
use crate::service::counter::papers::MarkPapers;
use crate::service::counter::present::ChangePresented;
use crate::service::counter::read::{CounterFilter, CounterItem, CounterItemFilter, CounterRow};
use crate::service::delivery::ChooseDelivery;
use crate::service::edit::{AnswerSituation, SaveForm};
use crate::service::promise::PromiseMaterials;
use crate::service::submit::{SubmitApplication, Submitted};
use crate::view::ApplicationView;

type Write = Ctx<CounterWrite>;
type Read = Ctx<CounterRead>;

/// Lists what the caller's counter may take in, by code.
#[utoipa::path(get, path = "/counter/items", params(CounterItemFilter), responses((status = 200, body = Page<CounterItem>)))]
async fn list_counter_items(
    ctx: Write,
    Query(filter): Query<CounterItemFilter>,
) -> Result<Json<Page<CounterItem>>> {
    Ok(Json(service::counter::read::items(&ctx, filter).await?))
}

/// Lists the counter's drafts, or what it has handed in, newest first; applicants are masked.
#[utoipa::path(get, path = "/counter/applications", params(CounterFilter), responses((status = 200, body = Page<CounterRow>)))]
async fn list_counter_applications(
    ctx: Read,
    Query(filter): Query<CounterFilter>,
) -> Result<Json<Page<CounterRow>>> {
    Ok(Json(service::counter::read::list(&ctx, filter).await?))
}

/// Begins an application for whoever stands at the counter.
#[utoipa::path(post, path = "/counter/applications", request_body = BeginAtCounter, responses((status = 200, body = ApplicationView)))]
async fn begin_at_counter(
    State(app): State<App>,
    ctx: Write,
    Json(body): Json<BeginAtCounter>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::counter::begin::begin(&app, &ctx, body).await?,
    ))
}

/// A draft of the counter in full.
#[utoipa::path(get, path = "/counter/applications/{id}", params(("id" = ApplicationId, Path)), responses((status = 200, body = ApplicationView)))]
async fn read_counter_draft(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::read::one(&app, &ctx, id).await?))
}

/// Deletes a draft of the counter.
#[utoipa::path(delete, path = "/counter/applications/{id}", params(("id" = ApplicationId, Path)), responses((status = 204)))]
async fn delete_counter_draft(ctx: Write, Path(id): Path<ApplicationId>) -> Result<StatusCode> {
    service::delete::delete(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enters anew who stands there.
#[utoipa::path(put, path = "/counter/applications/{id}/applicant", params(("id" = ApplicationId, Path)), request_body = ChangePresented, responses((status = 200, body = ApplicationView)))]
async fn change_presented(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<ChangePresented>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::counter::present::change(&app, &ctx, id, body).await?,
    ))
}

/// Marks the papers that were taken, and the originals that were compared.
#[utoipa::path(put, path = "/counter/applications/{id}/papers", params(("id" = ApplicationId, Path)), request_body = MarkPapers, responses((status = 200, body = ApplicationView)))]
async fn mark_papers(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<MarkPapers>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::counter::papers::mark(&app, &ctx, id, body).await?,
    ))
}

/// Saves the form of a draft.
#[utoipa::path(put, path = "/counter/applications/{id}/form", params(("id" = ApplicationId, Path)), request_body = SaveForm, responses((status = 200, body = ApplicationView)))]
async fn save_counter_form(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SaveForm>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::edit::save_form(&app, &ctx, id, body).await?))
}

/// Answers the situation guide of a draft anew.
#[utoipa::path(put, path = "/counter/applications/{id}/situation", params(("id" = ApplicationId, Path)), request_body = AnswerSituation, responses((status = 200, body = ApplicationView)))]
async fn answer_counter_situation(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AnswerSituation>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::edit::answer_situation(&app, &ctx, id, body).await?,
    ))
}

/// Notes which materials the applicant promises for later.
#[utoipa::path(put, path = "/counter/applications/{id}/deferred", params(("id" = ApplicationId, Path)), request_body = PromiseMaterials, responses((status = 200, body = ApplicationView)))]
async fn promise_at_counter(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<PromiseMaterials>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::promise::promise(&app, &ctx, id, body).await?))
}

/// Notes the promise that the applicant signs in the place of materials or of the examination.
#[utoipa::path(put, path = "/counter/applications/{id}/commitment", params(("id" = ApplicationId, Path)), request_body = SignCommitment, responses((status = 200, body = ApplicationView)))]
async fn sign_at_counter(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SignCommitment>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::commit::sign(&app, &ctx, id, body).await?))
}

/// Notes how the applicant wants the result.
#[utoipa::path(put, path = "/counter/applications/{id}/delivery", params(("id" = ApplicationId, Path)), request_body = ChooseDelivery, responses((status = 200, body = ApplicationView)))]
async fn choose_counter_delivery(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<ChooseDelivery>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::delivery::choose(&app, &ctx, id, body).await?))
}

/// Hands in for whoever stands there and has agreed. The query password is shown in this answer only.
#[utoipa::path(post, path = "/counter/applications/{id}/submit", params(("id" = ApplicationId, Path)), request_body = SubmitApplication, responses((status = 200, body = Submitted)))]
async fn submit_at_counter(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SubmitApplication>,
) -> Result<Json<Submitted>> {
    Ok(Json(service::submit::submit(&app, &ctx, id, body).await?))
}

/// What the counter handed in: the case number, and the receipt as soon as there is one.
#[utoipa::path(get, path = "/counter/applications/{id}/handed", params(("id" = ApplicationId, Path)), responses((status = 200, body = CounterRow)))]
async fn read_handed(ctx: Read, Path(id): Path<ApplicationId>) -> Result<Json<CounterRow>> {
    Ok(Json(service::counter::read::handed(&ctx, id).await?))
}

/// The receipt for the papers as PDF, to be handed over.
#[utoipa::path(get, path = "/counter/applications/{id}/receipt", params(("id" = ApplicationId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
async fn read_counter_receipt(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<ApplicationId>,
) -> Result<FileAnswer> {
    Ok(service::counter::read::receipt(&app, &ctx, id).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CounterWrite, _>(routes!(list_counter_items)))
        .routes(guard::<CounterRead, _>(routes!(list_counter_applications)))
        .routes(guard::<CounterWrite, _>(routes!(begin_at_counter)))
        .routes(guard::<CounterRead, _>(routes!(read_counter_draft)))
        .routes(guard::<CounterWrite, _>(routes!(delete_counter_draft)))
        .routes(guard::<CounterWrite, _>(routes!(change_presented)))
        .routes(guard::<CounterWrite, _>(routes!(mark_papers)))
        .routes(guard::<CounterWrite, _>(routes!(save_counter_form)))
        .routes(guard::<CounterWrite, _>(routes!(answer_counter_situation)))
        .routes(guard::<CounterWrite, _>(routes!(promise_at_counter)))
        .routes(guard::<CounterWrite, _>(routes!(sign_at_counter)))
        .routes(guard::<CounterWrite, _>(routes!(choose_counter_delivery)))
        .routes(guard::<CounterWrite, _>(routes!(submit_at_counter)))
        .routes(guard::<CounterRead, _>(routes!(read_handed)))
        .routes(guard::<CounterRead, _>(routes!(read_counter_receipt)))
}
