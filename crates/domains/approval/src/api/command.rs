//! Commands of staff. Each names the version it has seen, and answers with the case.

use axum::extract::State;
use tb_contract::access::{CaseAccept, CaseClose, CaseDecide, CaseExamine, WithdrawalAnswer};
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{
    AnswerWithdrawal, DecideCase, ListDefects, RefuseCase, StepCase, VerifyOriginals, VersionOnly,
};
use super::view::CaseView;
use crate::app::App;
use crate::service::command;

type Answer = tb_http::Result<Json<CaseView>>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseAccept, _>(routes!(receive)))
        .routes(guard::<CaseAccept, _>(routes!(pass_pre_review)))
        .routes(guard::<CaseAccept, _>(routes!(verify_originals)))
        .routes(guard::<CaseAccept, _>(routes!(return_for_review)))
        .routes(guard::<CaseAccept, _>(routes!(accept)))
        .routes(guard::<CaseAccept, _>(routes!(refuse)))
        .routes(guard::<CaseAccept, _>(routes!(request_correction)))
        .routes(guard::<CaseExamine, _>(routes!(step)))
        .routes(guard::<CaseDecide, _>(routes!(decide)))
        .routes(guard::<CaseClose, _>(routes!(close)))
        .routes(guard::<WithdrawalAnswer, _>(routes!(answer_withdrawal)))
}

/// Receives what waited for pre-review.
#[utoipa::path(post, path = "/cases/{id}/receive", params(("id" = CaseId, Path)), request_body = VersionOnly,
    responses((status = 200, body = CaseView)))]
async fn receive(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<VersionOnly>,
) -> Answer {
    Ok(Json(command::receive(&app, &ctx, id, body).await?))
}

/// Sends an application back from pre-review with the one complete list.
#[utoipa::path(post, path = "/cases/{id}/return-for-review", params(("id" = CaseId, Path)), request_body = ListDefects,
    responses((status = 200, body = CaseView)))]
async fn return_for_review(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<ListDefects>,
) -> Answer {
    Ok(Json(
        command::return_for_review(&app, &ctx, id, body).await?,
    ))
}

/// Accepts, and begins the examination.
#[utoipa::path(post, path = "/cases/{id}/accept", params(("id" = CaseId, Path)), request_body = VersionOnly,
    responses((status = 200, body = CaseView)))]
async fn accept(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<VersionOnly>,
) -> Answer {
    Ok(Json(command::accept(&app, &ctx, id, body).await?))
}

/// Does not take the application.
#[utoipa::path(post, path = "/cases/{id}/refuse", params(("id" = CaseId, Path)), request_body = RefuseCase,
    responses((status = 200, body = CaseView)))]
async fn refuse(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<RefuseCase>,
) -> Answer {
    Ok(Json(command::refuse(&app, &ctx, id, body).await?))
}

/// Asks for everything that is missing, once.
#[utoipa::path(post, path = "/cases/{id}/request-correction", params(("id" = CaseId, Path)), request_body = ListDefects,
    responses((status = 200, body = CaseView)))]
async fn request_correction(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<ListDefects>,
) -> Answer {
    Ok(Json(
        command::request_correction(&app, &ctx, id, body).await?,
    ))
}

/// Ends the examination step under way.
#[utoipa::path(post, path = "/cases/{id}/step", params(("id" = CaseId, Path)), request_body = StepCase,
    responses((status = 200, body = CaseView)))]
async fn step(
    State(app): State<App>,
    ctx: Ctx<CaseExamine>,
    Path(id): Path<CaseId>,
    Json(body): Json<StepCase>,
) -> Answer {
    Ok(Json(command::step(&app, &ctx, id, body).await?))
}

/// Decides.
#[utoipa::path(post, path = "/cases/{id}/decide", params(("id" = CaseId, Path)), request_body = DecideCase,
    responses((status = 200, body = CaseView)))]
async fn decide(
    State(app): State<App>,
    ctx: Ctx<CaseDecide>,
    Path(id): Path<CaseId>,
    Json(body): Json<DecideCase>,
) -> Answer {
    Ok(Json(command::decide(&app, &ctx, id, body).await?))
}

/// Closes.
#[utoipa::path(post, path = "/cases/{id}/close", params(("id" = CaseId, Path)), request_body = VersionOnly,
    responses((status = 200, body = CaseView)))]
async fn close(
    State(app): State<App>,
    ctx: Ctx<CaseClose>,
    Path(id): Path<CaseId>,
    Json(body): Json<VersionOnly>,
) -> Answer {
    Ok(Json(command::close(&app, &ctx, id, body).await?))
}

/// Answers the applicant who wants to withdraw.
#[utoipa::path(post, path = "/cases/{id}/answer-withdrawal", params(("id" = CaseId, Path)), request_body = AnswerWithdrawal,
    responses((status = 200, body = CaseView)))]
async fn answer_withdrawal(
    State(app): State<App>,
    ctx: Ctx<WithdrawalAnswer>,
    Path(id): Path<CaseId>,
    Json(body): Json<AnswerWithdrawal>,
) -> Answer {
    Ok(Json(
        command::answer_withdrawal(&app, &ctx, id, body).await?,
    ))
}

/// Passes the pre-review of a case whose originals are to be shown.
#[utoipa::path(post, path = "/cases/{id}/pass-pre-review", params(("id" = CaseId, Path)), request_body = VersionOnly,
    responses((status = 200, body = CaseView)))]
async fn pass_pre_review(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<VersionOnly>,
) -> Answer {
    Ok(Json(command::pass_pre_review(&app, &ctx, id, body).await?))
}

/// Records that the originals were compared, and receives.
#[utoipa::path(post, path = "/cases/{id}/verify-originals", params(("id" = CaseId, Path)), request_body = VerifyOriginals,
    responses((status = 200, body = CaseView)))]
async fn verify_originals(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<VerifyOriginals>,
) -> Answer {
    Ok(Json(command::verify_originals(&app, &ctx, id, body).await?))
}
