//! Co-applicants: named and asked by the applicant; and what they themselves read and sign.

use axum::extract::State;
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard};
use tb_kernel::{ApplicationId, MaterialId, Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::signing::ask::AskSignatures;
use crate::service::signing::name::NameCoApplicants;
use crate::service::signing::sign::{DeclineSignature, SignApplication, SignatureDeclined};
use crate::service::signing::{ask, name, read, sign};
use crate::view::ApplicationView;
use crate::view::signature::{SignatureRow, SignatureView};

type Write = Ctx<ApplicationWrite>;
type Read = Ctx<ApplicationRead>;

/// Names who signs besides the applicant; a draft only.
#[utoipa::path(put, path = "/applications/{id}/co-applicants", params(("id" = ApplicationId, Path)), request_body = NameCoApplicants, responses((status = 200, body = ApplicationView)))]
async fn name_co_applicants(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<NameCoApplicants>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(name::name(&app, &ctx, id, body).await?))
}

/// Asks everybody named to sign; the draft is judged as a hand-in, and frozen.
#[utoipa::path(post, path = "/applications/{id}/signatures/ask", params(("id" = ApplicationId, Path)), request_body = AskSignatures, responses((status = 200, body = ApplicationView)))]
async fn ask_signatures(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AskSignatures>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(Box::pin(ask::ask(&app, &ctx, id, body)).await?))
}

/// Takes the request back; the signatures given count no more.
#[utoipa::path(post, path = "/applications/{id}/signatures/take-back", params(("id" = ApplicationId, Path)), request_body = AskSignatures, responses((status = 200, body = ApplicationView)))]
async fn take_back_signatures(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AskSignatures>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(ask::take_back(&app, &ctx, id, body).await?))
}

/// Reminds those who have not signed, once a day.
#[utoipa::path(post, path = "/applications/{id}/signatures/urge", params(("id" = ApplicationId, Path)), request_body = AskSignatures, responses((status = 200, body = ApplicationView)))]
async fn urge_signers(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<AskSignatures>,
) -> Result<Json<ApplicationView>> {
    Ok(Json(ask::urge(&app, &ctx, id, body).await?))
}

/// Lists what waits for one's own signature, newest first.
#[utoipa::path(get, path = "/signatures", params(PageRequest), responses((status = 200, body = Page<SignatureRow>)))]
async fn list_signatures(
    State(app): State<App>,
    ctx: Read,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<SignatureRow>>> {
    Ok(Json(read::list(&app, &ctx, page).await?))
}

/// An application that one is asked to sign, or has signed.
#[utoipa::path(get, path = "/signatures/{id}", params(("id" = ApplicationId, Path)), responses((status = 200, body = SignatureView)))]
async fn read_signature(
    State(app): State<App>,
    ctx: Read,
    Path(id): Path<ApplicationId>,
) -> Result<Json<SignatureView>> {
    Ok(Json(read::one(&app, &ctx, id).await?))
}

/// A file of it.
#[utoipa::path(get, path = "/signatures/{id}/materials/{material_id}", params(("id" = ApplicationId, Path), ("material_id" = MaterialId, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_signed_material(
    State(app): State<App>,
    ctx: Read,
    Path((id, material)): Path<(ApplicationId, MaterialId)>,
) -> Result<FileAnswer> {
    Ok(read::material(&app, &ctx, id, material).await?)
}

/// A paper of it as PDF.
#[utoipa::path(get, path = "/signatures/{id}/papers/{paper_id}", params(("id" = ApplicationId, Path), ("paper_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/pdf")))]
async fn read_signed_paper(
    State(app): State<App>,
    ctx: Read,
    Path((id, paper)): Path<(ApplicationId, Uuid)>,
) -> Result<FileAnswer> {
    Ok(read::paper(&app, &ctx, id, paper).await?)
}

/// Signs by one's own name.
#[utoipa::path(post, path = "/signatures/{id}/sign", params(("id" = ApplicationId, Path)), request_body = SignApplication, responses((status = 200, body = SignatureView)))]
async fn sign_application(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<SignApplication>,
) -> Result<Json<SignatureView>> {
    Ok(Json(sign::sign(&app, &ctx, id, body).await?))
}

/// Declines to sign, with a reason; from then on there is nothing to see.
#[utoipa::path(post, path = "/signatures/{id}/decline", params(("id" = ApplicationId, Path)), request_body = DeclineSignature, responses((status = 200, body = SignatureDeclined)))]
async fn decline_signature(
    State(app): State<App>,
    ctx: Write,
    Path(id): Path<ApplicationId>,
    Json(body): Json<DeclineSignature>,
) -> Result<Json<SignatureDeclined>> {
    Ok(Json(sign::decline(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ApplicationWrite, _>(routes!(name_co_applicants)))
        .routes(guard::<ApplicationWrite, _>(routes!(ask_signatures)))
        .routes(guard::<ApplicationWrite, _>(routes!(take_back_signatures)))
        .routes(guard::<ApplicationWrite, _>(routes!(urge_signers)))
        .routes(guard::<ApplicationRead, _>(routes!(list_signatures)))
        .routes(guard::<ApplicationRead, _>(routes!(read_signature)))
        .routes(guard::<ApplicationRead, _>(routes!(read_signed_material)))
        .routes(guard::<ApplicationRead, _>(routes!(read_signed_paper)))
        .routes(guard::<ApplicationWrite, _>(routes!(sign_application)))
        .routes(guard::<ApplicationWrite, _>(routes!(decline_signature)))
}
