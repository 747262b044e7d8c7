//! Help by assistants, as applicants ask for it, follow it, and let somebody into their drafts.

use axum::extract::State;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard};
use tb_kernel::{ApplicationId, Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::assist::ask::{AskHelp, WithdrawHelp};
use crate::service::assist::consent::{CheckHelp, GiveConsent};
use crate::service::assist::{ask, consent, paper};
use crate::view::ApplicationView;
use crate::view::help::{HelpRow, HelpView};

type Write = Ctx<ApplicationWrite>;
type Read = Ctx<ApplicationRead>;

/// Asks for an assistant's help with a draft or an item.
#[utoipa::path(post, path = "/assist-requests", request_body = AskHelp, responses((status = 200, body = HelpView)))]
async fn ask_help(
    State(app): State<App>,
    ctx: Write,
    Json(body): Json<AskHelp>,
) -> Result<Json<HelpView>> {
    Ok(Json(ask::ask(&app, &ctx, body).await?))
}

/// Lists what one has asked for, newest first.
#[utoipa::path(get, path = "/assist-requests", params(PageRequest), responses((status = 200, body = Page<HelpRow>)))]
async fn list_help(ctx: Read, Query(page): Query<PageRequest>) -> Result<Json<Page<HelpRow>>> {
    Ok(Json(ask::list(&ctx, page).await?))
}

/// One request of one's own.
#[utoipa::path(get, path = "/assist-requests/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = HelpView)))]
async fn read_help(ctx: Read, Path(id): Path<Uuid>) -> Result<Json<HelpView>> {
    Ok(Json(ask::one(&ctx, id).await?))
}

/// Takes a request back.
#[utoipa::path(post, path = "/assist-requests/{id}/withdraw", params(("id" = Uuid, Path)), request_body = WithdrawHelp, responses((status = 200, body = HelpView)))]
async fn withdraw_help(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<Uuid>,
    Json(body): Json<WithdrawHelp>,
) -> Result<Json<HelpView>> {
    Ok(Json(ask::withdraw(&app, &ctx, id, body).await?))
}

/// A page of the paper that one has signed.
#[utoipa::path(get, path = "/assist-requests/{id}/papers/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_help_paper(ctx: Read, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<FileAnswer> {
    Ok(paper::for_asker(&ctx, id, file).await?)
}

/// Lets the assistant who has the request into the draft.
#[utoipa::path(put, path = "/applications/{id}/assist-consent", params(("id" = ApplicationId, Path)), request_body = GiveConsent, responses((status = 200, body = ApplicationView)))]
async fn give_consent(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<GiveConsent>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(consent::give(&app, &ctx, id, body).await?))
}

/// Lets him in no longer, at once.
#[utoipa::path(post, path = "/applications/{id}/assist-consent/end", params(("id" = ApplicationId, Path)), responses((status = 200, body = ApplicationView)))]
async fn end_consent(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(consent::end(&app, &ctx, id).await?))
}

/// Notes that one has looked at everything that was filled in.
#[utoipa::path(post, path = "/applications/{id}/assist-check", params(("id" = ApplicationId, Path)), request_body = CheckHelp, responses((status = 200, body = ApplicationView)))]
async fn check_help(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<CheckHelp>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(consent::check(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ApplicationWrite, _>(routes!(ask_help)))
        .routes(guard::<ApplicationRead, _>(routes!(list_help)))
        .routes(guard::<ApplicationRead, _>(routes!(read_help)))
        .routes(guard::<ApplicationWrite, _>(routes!(withdraw_help)))
        .routes(guard::<ApplicationRead, _>(routes!(read_help_paper)))
        .routes(guard::<ApplicationWrite, _>(routes!(give_consent)))
        .routes(guard::<ApplicationWrite, _>(routes!(end_consent)))
        .routes(guard::<ApplicationWrite, _>(routes!(check_help)))
}
