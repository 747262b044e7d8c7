//! Commands of staff off the straight way: special procedures, extension, suspension, the rarer ends.

use axum::extract::State;
use tb_contract::access::{CaseAccept, CaseDivert};
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{
    EndSpecialProcedure, ExtendCase, PassOnCase, ResumeCase, StartSpecialProcedure, SuspendCase,
    TerminateCase,
};
use super::view::CaseView;
use crate::app::App;
use crate::service::divert;

type Answer = tb_http::Result<Json<CaseView>>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseDivert, _>(routes!(start_special_procedure)))
        .routes(guard::<CaseDivert, _>(routes!(end_special_procedure)))
        .routes(guard::<CaseDivert, _>(routes!(extend)))
        .routes(guard::<CaseDivert, _>(routes!(suspend)))
        .routes(guard::<CaseDivert, _>(routes!(resume)))
        .routes(guard::<CaseDivert, _>(routes!(terminate)))
        .routes(guard::<CaseDivert, _>(routes!(report_up)))
        .routes(guard::<CaseAccept, _>(routes!(transfer)))
}

/// Begins a special procedure: its time is not counted.
#[utoipa::path(post, path = "/cases/{id}/start-special-procedure", params(("id" = CaseId, Path)), request_body = StartSpecialProcedure,
    responses((status = 200, body = CaseView)))]
async fn start_special_procedure(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<StartSpecialProcedure>,
) -> Answer {
    Ok(Json(
        divert::start_special_procedure(&app, &ctx, id, body).await?,
    ))
}

/// Ends the special procedure; the terms go on.
#[utoipa::path(post, path = "/cases/{id}/end-special-procedure", params(("id" = CaseId, Path)), request_body = EndSpecialProcedure,
    responses((status = 200, body = CaseView)))]
async fn end_special_procedure(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<EndSpecialProcedure>,
) -> Answer {
    Ok(Json(
        divert::end_special_procedure(&app, &ctx, id, body).await?,
    ))
}

/// Extends the legal term, once.
#[utoipa::path(post, path = "/cases/{id}/extend", params(("id" = CaseId, Path)), request_body = ExtendCase,
    responses((status = 200, body = CaseView)))]
async fn extend(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ExtendCase>,
) -> Answer {
    Ok(Json(divert::extend(&app, &ctx, id, body).await?))
}

/// Lets the handling rest.
#[utoipa::path(post, path = "/cases/{id}/suspend", params(("id" = CaseId, Path)), request_body = SuspendCase,
    responses((status = 200, body = CaseView)))]
async fn suspend(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<SuspendCase>,
) -> Answer {
    Ok(Json(divert::suspend(&app, &ctx, id, body).await?))
}

/// Takes the handling up again.
#[utoipa::path(post, path = "/cases/{id}/resume", params(("id" = CaseId, Path)), request_body = ResumeCase,
    responses((status = 200, body = CaseView)))]
async fn resume(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ResumeCase>,
) -> Answer {
    Ok(Json(divert::resume(&app, &ctx, id, body).await?))
}

/// Ends the handling without a decision.
#[utoipa::path(post, path = "/cases/{id}/terminate", params(("id" = CaseId, Path)), request_body = TerminateCase,
    responses((status = 200, body = CaseView)))]
async fn terminate(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<TerminateCase>,
) -> Answer {
    Ok(Json(divert::terminate(&app, &ctx, id, body).await?))
}

/// Reports to the upper organ what was examined first here.
#[utoipa::path(post, path = "/cases/{id}/report-up", params(("id" = CaseId, Path)), request_body = PassOnCase,
    responses((status = 200, body = CaseView)))]
async fn report_up(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<PassOnCase>,
) -> Answer {
    Ok(Json(divert::report_up(&app, &ctx, id, body).await?))
}

/// Transfers what another organ is competent for.
#[utoipa::path(post, path = "/cases/{id}/transfer", params(("id" = CaseId, Path)), request_body = PassOnCase,
    responses((status = 200, body = CaseView)))]
async fn transfer(
    State(app): State<App>,
    ctx: Ctx<CaseAccept>,
    Path(id): Path<CaseId>,
    Json(body): Json<PassOnCase>,
) -> Answer {
    Ok(Json(divert::transfer(&app, &ctx, id, body).await?))
}
