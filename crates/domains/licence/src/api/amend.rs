//! Changes of a face (变更): asked for with proof, returned once for what is missing.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use tb_contract::access::{LicenceOwn, LicencePropose};
use tb_http::{Ctx, DataForm, FileAnswer, Json, Path, data_with_files, guard, takes_enclosures};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::amend::{self, AmendmentView, AskAmendment, ReturnChange, SupplyProof};
use crate::view::LicenceView;

/// The holder asks for a change of the face; `data` is an `AskAmendment`, and every file one of its proofs.
#[utoipa::path(post, path = "/mine/{id}/ask-amendment", params(("id" = Uuid, Path)), request_body(content = DataForm, content_type = "multipart/form-data"), responses((status = 200, body = LicenceView)))]
async fn ask_licence_amendment(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
    multipart: Result<Multipart, MultipartRejection>,
) -> tb_http::Result<Json<LicenceView>> {
    amend::admit(&app, &ctx, id).await?;
    let (body, files) = data_with_files::<AskAmendment>(multipart, app.store().blobs()).await?;
    Ok(Json(amend::ask(&app, &ctx, id, body, files).await?))
}

/// The holder brings what was missing; `data` is a `SupplyProof`.
#[utoipa::path(post, path = "/mine/{id}/supply-proof", params(("id" = Uuid, Path)), request_body(content = DataForm, content_type = "multipart/form-data"), responses((status = 200, body = LicenceView)))]
async fn supply_licence_proof(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path(id): Path<Uuid>,
    multipart: Result<Multipart, MultipartRejection>,
) -> tb_http::Result<Json<LicenceView>> {
    amend::admit(&app, &ctx, id).await?;
    let (body, files) = data_with_files::<SupplyProof>(multipart, app.store().blobs()).await?;
    Ok(Json(amend::supply(&app, &ctx, id, body, files).await?))
}

/// A paper that the holder brought.
#[utoipa::path(get, path = "/mine/{id}/proofs/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn read_own_licence_proof(
    State(app): State<App>,
    ctx: Ctx<LicenceOwn>,
    Path((id, file_id)): Path<(Uuid, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(amend::own_proof(&app, &ctx, id, file_id).await?)
}

/// What the open change of the face asks for, unmasked; recorded.
#[utoipa::path(get, path = "/licences/{id}/amendment", params(("id" = Uuid, Path)), responses((status = 200, body = AmendmentView)))]
async fn read_licence_amendment(
    State(app): State<App>,
    ctx: Ctx<LicencePropose>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<AmendmentView>> {
    Ok(Json(amend::read(&app, &ctx, id).await?))
}

/// A paper that came with it; recorded.
#[utoipa::path(get, path = "/licences/{id}/proofs/{file_id}", params(("id" = Uuid, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn read_licence_proof(
    State(app): State<App>,
    ctx: Ctx<LicencePropose>,
    Path((id, file_id)): Path<(Uuid, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(amend::staff_proof(&app, &ctx, id, file_id).await?)
}

/// The organ asks, once, for what is missing.
#[utoipa::path(post, path = "/licences/{id}/return-change", params(("id" = Uuid, Path)), request_body = ReturnChange, responses((status = 200, body = LicenceView)))]
async fn return_licence_change(
    State(app): State<App>,
    ctx: Ctx<LicencePropose>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReturnChange>,
) -> tb_http::Result<Json<LicenceView>> {
    Ok(Json(amend::send_back(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let ask = takes_enclosures(routes!(ask_licence_amendment));
    let supply = takes_enclosures(routes!(supply_licence_proof));
    OpenApiRouter::new()
        .routes(guard::<LicenceOwn, _>(ask))
        .routes(guard::<LicenceOwn, _>(supply))
        .routes(guard::<LicenceOwn, _>(routes!(read_own_licence_proof)))
        .routes(guard::<LicencePropose, _>(routes!(read_licence_amendment)))
        .routes(guard::<LicencePropose, _>(routes!(read_licence_proof)))
        .routes(guard::<LicencePropose, _>(routes!(return_licence_change)))
}
