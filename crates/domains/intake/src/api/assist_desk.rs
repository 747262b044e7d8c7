//! The desk of assistants: requests of the division, from taking one to closing it.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use tb_contract::access::AssistDesk;
use tb_http::{
    Ctx, FileAnswer, Json, Path, Query, Result, WordsForm, guard, takes_enclosures,
    words_with_files,
};
use tb_kernel::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::assist::consent::EndConsent;
use crate::service::assist::desk::{CloseHelp, HelpFilter, RecordHelpContact, TakeHelp};
use crate::service::assist::hand_over::{FellowAssistant, HandHelpOver};
use crate::service::assist::paper::PaperConsent;
use crate::service::assist::{consent, desk, hand_over, paper};
use crate::view::help::{HelpRow, HelpView};

type Desk = Ctx<AssistDesk>;

/// Lists the requests of the caller's division; who asks is masked.
#[utoipa::path(get, path = "/assist-desk/requests", params(HelpFilter), responses((status = 200, body = Page<HelpRow>)))]
async fn list_asked(ctx: Desk, Query(filter): Query<HelpFilter>) -> Result<Json<Page<HelpRow>>> {
    Ok(Json(desk::list(&ctx, filter).await?))
}

/// Lists the other assistants of the caller's office.
#[utoipa::path(get, path = "/assist-desk/assistants", responses((status = 200, body = Vec<FellowAssistant>)))]
async fn list_assistants(State(app): State<App>, ctx: Desk) -> Result<Json<Vec<FellowAssistant>>> {
    Ok(Json(hand_over::fellows(&app, &ctx).await?))
}

/// One request; who asks is shown to the assistant who has it.
#[utoipa::path(get, path = "/assist-desk/requests/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = HelpView)))]
async fn read_asked(ctx: Desk, Path(id): Path<Uuid>) -> Result<Json<HelpView>> {
    Ok(Json(desk::one(&ctx, id).await?))
}

/// Takes a request that nobody has.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/take", params(("id" = Uuid, Path)), request_body = TakeHelp, responses((status = 200, body = HelpView)))]
async fn take_asked(
    ctx: Desk,
    Path(id): Path<Uuid>,
    Json(body): Json<TakeHelp>,
) -> Result<Json<HelpView>> {
    Ok(Json(desk::take(&ctx, id, body).await?))
}

/// Notes that one got in touch, or tried to.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/contacts", params(("id" = Uuid, Path)), request_body = RecordHelpContact, responses((status = 200, body = HelpView)))]
async fn record_contact(
    ctx: Desk,
    Path(id): Path<Uuid>,
    Json(body): Json<RecordHelpContact>,
) -> Result<Json<HelpView>> {
    Ok(Json(desk::contact(&ctx, id, body).await?))
}

/// Hands a request over to another assistant of the office; consent ends.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/hand-over", params(("id" = Uuid, Path)), request_body = HandHelpOver, responses((status = 200, body = HelpView)))]
async fn hand_asked_over(
    State(app): State<App>,
    ctx: Desk,
    Path(id): Path<Uuid>,
    Json(body): Json<HandHelpOver>,
) -> Result<Json<HelpView>> {
    Ok(Json(hand_over::hand_over(&app, &ctx, id, body).await?))
}

/// Closes a request with its outcome.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/close", params(("id" = Uuid, Path)), request_body = CloseHelp, responses((status = 200, body = HelpView)))]
async fn close_asked(
    State(app): State<App>,
    ctx: Desk,
    Path(id): Path<Uuid>,
    Json(body): Json<CloseHelp>,
) -> Result<Json<HelpView>> {
    Ok(Json(desk::end(&app, &ctx, id, body).await?))
}

/// Keeps consent that the applicant has signed on paper: the paper as files.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/consent", params(("id" = Uuid, Path), PaperConsent), request_body(content = WordsForm, content_type = "multipart/form-data"), responses((status = 200, body = HelpView)))]
async fn keep_paper_consent(
    State(app): State<App>,
    ctx: Desk,
    Path(id): Path<Uuid>,
    Query(query): Query<PaperConsent>,
    headers: HeaderMap,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<HelpView>> {
    let place = paper::admit(&app, &ctx, id, &headers).await?;
    let brought = words_with_files(multipart, ctx.store().blobs()).await?;
    let answer = paper::give(&app, &ctx, id, query, brought).await?;
    drop(place);
    Ok(Json(answer))
}

/// Lays consent down: one needs it no longer.
#[utoipa::path(post, path = "/assist-desk/requests/{id}/consent/end", params(("id" = Uuid, Path)), request_body = EndConsent, responses((status = 200, body = HelpView)))]
async fn lay_consent_down(
    State(app): State<App>,
    ctx: Desk,
    Path(id): Path<Uuid>,
    Json(body): Json<EndConsent>,
) -> Result<Json<HelpView>> {
    Ok(Json(consent::lay_down(&app, &ctx, id, body).await?))
}

/// A page of a signed paper.
#[utoipa::path(get, path = "/assist-desk/requests/{id}/papers/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_asked_paper(ctx: Desk, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<FileAnswer> {
    Ok(paper::for_desk(&ctx, id, file).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let paper = takes_enclosures(routes!(keep_paper_consent));
    OpenApiRouter::new()
        .routes(guard::<AssistDesk, _>(routes!(list_asked)))
        .routes(guard::<AssistDesk, _>(routes!(list_assistants)))
        .routes(guard::<AssistDesk, _>(routes!(read_asked)))
        .routes(guard::<AssistDesk, _>(routes!(take_asked)))
        .routes(guard::<AssistDesk, _>(routes!(record_contact)))
        .routes(guard::<AssistDesk, _>(routes!(hand_asked_over)))
        .routes(guard::<AssistDesk, _>(routes!(close_asked)))
        .routes(guard::<AssistDesk, _>(paper))
        .routes(guard::<AssistDesk, _>(routes!(lay_consent_down)))
        .routes(guard::<AssistDesk, _>(routes!(read_asked_paper)))
}
