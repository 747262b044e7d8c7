//! Commands of staff off the straight way: special procedures, extension, suspension, the rarer ends.

use axum::extract::State;
use tb_contract::access::{CaseAccept, CaseDivert};
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{
    EndSpecialProcedure, ExtendCase, HandleExternally, PassOnCase, ReasonOnly, ResumeCase,
    StartSpecialProcedure, SuspendCase, TerminateCase,
};
use super::view::CaseView;
use crate::app::App;
use crate::model::diversion::Way;
use crate::service::divert::divert;

type Answer = tb_http::Result<Json<CaseView>>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseDivert, _>(routes!(start_special_procedure)))
        .routes(guard::<CaseDivert, _>(routes!(end_special_procedure)))
        .routes(guard::<CaseDivert, _>(routes!(extend)))
        .routes(guard::<CaseDivert, _>(routes!(suspend)))
        .routes(guard::<CaseDivert, _>(routes!(resume)))
        .routes(guard::<CaseDivert, _>(routes!(terminate)))
        .routes(guard::<CaseDivert, _>(routes!(return_unsupplied)))
        .routes(guard::<CaseDivert, _>(routes!(handle_externally)))
        .routes(guard::<CaseDivert, _>(routes!(report_up)))
        .routes(guard::<CaseAccept, _>(routes!(transfer)))
        .routes(guard::<CaseDivert, _>(routes!(reject_void)))
        .routes(guard::<CaseDivert, _>(routes!(void)))
        .routes(guard::<CaseDivert, _>(routes!(propose_void)))
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
    let way = Way::StartSpecialProcedure {
        kind: body.procedure,
        planned_end: body.planned_end,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
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
    let way = Way::EndSpecialProcedure;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.finding).await?,
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
    let way = Way::Extend { length: body.days };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
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
    let way = Way::Suspend {
        ground: body.ground,
        basis: body.basis,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
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
    let way = Way::Resume;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
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
    let way = Way::Terminate {
        ground: body.ground,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Returns an application whose promised materials did not come.
#[utoipa::path(post, path = "/cases/{id}/return-unsupplied", params(("id" = CaseId, Path)), request_body = ReasonOnly,
    responses((status = 200, body = CaseView)))]
async fn return_unsupplied(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ReasonOnly>,
) -> Answer {
    let way = Way::ReturnUnsupplied;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Notes that a system of province or ministry handles it, and under which number; the terms run on.
#[utoipa::path(post, path = "/cases/{id}/handle-externally", params(("id" = CaseId, Path)), request_body = HandleExternally,
    responses((status = 200, body = CaseView)))]
async fn handle_externally(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<HandleExternally>,
) -> Answer {
    let way = Way::HandleExternally {
        organ: body.organ,
        number: body.number,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
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
    let way = Way::ReportUp { organ: body.organ };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
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
    let way = Way::Transfer { organ: body.organ };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Proposes to make a case void; another person answers.
#[utoipa::path(post, path = "/cases/{id}/propose-void", params(("id" = CaseId, Path)), request_body = ReasonOnly,
    responses((status = 200, body = CaseView)))]
async fn propose_void(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ReasonOnly>,
) -> Answer {
    let way = Way::ProposeVoid;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Makes a case void that another person proposed to.
#[utoipa::path(post, path = "/cases/{id}/void", params(("id" = CaseId, Path)), request_body = ReasonOnly,
    responses((status = 200, body = CaseView)))]
async fn void(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ReasonOnly>,
) -> Answer {
    let way = Way::Void;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Rejects the proposal to make a case void.
#[utoipa::path(post, path = "/cases/{id}/reject-void", params(("id" = CaseId, Path)), request_body = ReasonOnly,
    responses((status = 200, body = CaseView)))]
async fn reject_void(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ReasonOnly>,
) -> Answer {
    let way = Way::RejectVoid;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}
