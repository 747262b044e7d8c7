//! Applications: make, fill in, hand in, correct, withdraw, rate.

use axum::extract::State;
use axum::http::StatusCode;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{ApplicationId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service;
use crate::service::commit::{MakeStatement, SignCommitment};
use crate::service::correct::CorrectApplication;
use crate::service::create::CreateApplication;
use crate::service::delivery::{ChooseDelivery, ConfirmReceipt};
use crate::service::edit::{AnswerSituation, SaveForm};
use crate::service::promise::PromiseMaterials;
use crate::service::proxy::end::EndProxy;
use crate::service::rate::{RateApplication, RatingLevel};
use crate::service::read::ApplicationFilter;
use crate::service::submit::{SubmitApplication, Submitted};
use crate::service::supply::SupplyMaterials;
use crate::service::withdraw::WithdrawApplication;
use crate::view::{ApplicationRow, ApplicationView};

type Write = Ctx<ApplicationWrite>;
type Read = Ctx<ApplicationRead>;

/// Makes a draft, pinned to the item's published version and prefilled from the account.
#[utoipa::path(post, path = "/applications", request_body = CreateApplication, responses((status = 200, body = ApplicationView)))]
async fn create_application(
    State(app): State<App>,
    ctx: Write,
    Json(body): Json<CreateApplication>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::create::create(&app, &ctx, body).await?))
}

/// Lists one's own applications, newest first.
#[utoipa::path(get, path = "/applications", params(ApplicationFilter), responses((status = 200, body = Page<ApplicationRow>)))]
async fn list_applications(
    State(app): State<App>,
    ctx: Read,
    Query(filter): Query<ApplicationFilter>,
) -> Result<Json<Page<ApplicationRow>>> {
    Ok(Json(service::read::list(&app, &ctx, filter).await?))
}

/// One application in full.
#[utoipa::path(get, path = "/applications/{id}", params(("id" = ApplicationId, Path)), responses((status = 200, body = ApplicationView)))]
async fn read_application(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::read::one(&app, &ctx, id).await?))
}

/// Whoever acts for the applicant does so no longer. Either of the two may say so.
#[utoipa::path(post, path = "/applications/{id}/proxy/end", params(("id" = ApplicationId, Path)), request_body = EndProxy, responses((status = 200, body = ApplicationView)))]
async fn end_application_proxy(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<EndProxy>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::proxy::end::end(&app, &ctx, id, body).await?))
}

/// Deletes a draft.
#[utoipa::path(delete, path = "/applications/{id}", params(("id" = ApplicationId, Path)), responses((status = 204)))]
async fn delete_application(ctx: Write, Path(id): Path<ApplicationId>) -> Result<StatusCode> {
    service::delete::delete(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Saves the form as far as it is filled in; while a correction is asked for, only what it lists may differ.
#[utoipa::path(put, path = "/applications/{id}/form", params(("id" = ApplicationId, Path)), request_body = SaveForm, responses((status = 200, body = ApplicationView)))]
async fn save_form(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SaveForm>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::edit::save_form(&app, &ctx, id, body).await?))
}

/// Answers the situation guide of a draft anew.
#[utoipa::path(put, path = "/applications/{id}/situation", params(("id" = ApplicationId, Path)), request_body = AnswerSituation, responses((status = 200, body = ApplicationView)))]
async fn answer_situation(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AnswerSituation>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::edit::answer_situation(&app, &ctx, id, body).await?,
    ))
}

/// Promises materials for later that may be deferred; a draft only.
#[utoipa::path(put, path = "/applications/{id}/deferred", params(("id" = ApplicationId, Path)), request_body = PromiseMaterials, responses((status = 200, body = ApplicationView)))]
async fn promise_materials(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<PromiseMaterials>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::promise::promise(&app, &ctx, id, body).await?))
}

/// Signs a promise in the place of materials or of the examination, or takes it back; a draft only.
#[utoipa::path(put, path = "/applications/{id}/commitment", params(("id" = ApplicationId, Path)), request_body = SignCommitment, responses((status = 200, body = ApplicationView)))]
async fn sign_commitment(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SignCommitment>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::commit::sign(&app, &ctx, id, body).await?))
}

/// Makes the holder's statement on a revocation that is meant.
#[utoipa::path(post, path = "/applications/{id}/statement", params(("id" = ApplicationId, Path)), request_body = MakeStatement, responses((status = 200, body = ApplicationView)))]
async fn make_statement(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<MakeStatement>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::commit::state(&app, &ctx, id, body).await?))
}

/// Chooses how the result is to come; until it is on its way.
#[utoipa::path(put, path = "/applications/{id}/delivery", params(("id" = ApplicationId, Path)), request_body = ChooseDelivery, responses((status = 200, body = ApplicationView)))]
async fn choose_delivery(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<ChooseDelivery>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::delivery::choose(&app, &ctx, id, body).await?))
}

/// Confirms that the result is there.
#[utoipa::path(post, path = "/applications/{id}/receipt", params(("id" = ApplicationId, Path)), request_body = ConfirmReceipt, responses((status = 200, body = ApplicationView)))]
async fn confirm_receipt(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<ConfirmReceipt>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::delivery::confirm(&app, &ctx, id, body).await?,
    ))
}

/// Hands in the files of materials that were promised for later.
#[utoipa::path(post, path = "/applications/{id}/supply", params(("id" = ApplicationId, Path)), request_body = SupplyMaterials, responses((status = 200, body = ApplicationView)))]
async fn supply_materials(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SupplyMaterials>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::supply::supply(&app, &ctx, id, body).await?))
}

/// Hands in. The query password is shown in this answer only.
#[utoipa::path(post, path = "/applications/{id}/submit", params(("id" = ApplicationId, Path)), request_body = SubmitApplication, responses((status = 200, body = Submitted)))]
async fn submit_application(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SubmitApplication>,
) -> Result<Json<Submitted>> {
    Ok(Json(service::submit::submit(&app, &ctx, id, body).await?))
}

/// Sends the correction that was asked for.
#[utoipa::path(post, path = "/applications/{id}/correct", params(("id" = ApplicationId, Path)), request_body = CorrectApplication, responses((status = 200, body = ApplicationView)))]
async fn correct_application(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<CorrectApplication>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::correct::correct(&app, &ctx, id, body).await?))
}

/// Asks the department to let the application be withdrawn.
#[utoipa::path(post, path = "/applications/{id}/withdraw", params(("id" = ApplicationId, Path)), request_body = WithdrawApplication, responses((status = 200, body = ApplicationView)))]
async fn withdraw_application(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<WithdrawApplication>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(
        service::withdraw::withdraw(&app, &ctx, id, body).await?,
    ))
}

/// Rates the service, once.
#[utoipa::path(post, path = "/applications/{id}/rating", params(("id" = ApplicationId, Path)), request_body = RateApplication, responses((status = 200, body = ApplicationView)))]
async fn rate_application(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<RateApplication>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(service::rate::rate(&app, &ctx, id, body).await?))
}

/// Levels of rating with their tags.
#[utoipa::path(get, path = "/rating-tags", responses((status = 200, body = Vec<RatingLevel>)))]
async fn list_rating_tags(ctx: Read) -> Result<Json<Vec<RatingLevel>>> {
    Ok(Json(service::rate::levels(&ctx)))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ApplicationWrite, _>(routes!(create_application)))
        .routes(guard::<ApplicationRead, _>(routes!(list_applications)))
        .routes(guard::<ApplicationRead, _>(routes!(read_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(end_application_proxy)))
        .routes(guard::<ApplicationWrite, _>(routes!(delete_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(save_form)))
        .routes(guard::<ApplicationWrite, _>(routes!(answer_situation)))
        .routes(guard::<ApplicationWrite, _>(routes!(promise_materials)))
        .routes(guard::<ApplicationWrite, _>(routes!(supply_materials)))
        .routes(guard::<ApplicationWrite, _>(routes!(sign_commitment)))
        .routes(guard::<ApplicationWrite, _>(routes!(make_statement)))
        .routes(guard::<ApplicationWrite, _>(routes!(choose_delivery)))
        .routes(guard::<ApplicationWrite, _>(routes!(confirm_receipt)))
        .routes(guard::<ApplicationWrite, _>(routes!(submit_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(correct_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(withdraw_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(rate_application)))
        .routes(guard::<ApplicationRead, _>(routes!(list_rating_tags)))
}
