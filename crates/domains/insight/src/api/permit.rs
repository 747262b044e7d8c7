//! `/permits`: the public register of permits, and its corrections.

use tb_contract::access::{PermitCorrect, PublicityRead};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Page;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::correct::{self, CorrectPermit, WithdrawPermit};
use crate::service::permit::{self, PermitQuery, PermitView};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<PublicityRead, _>(routes!(list_permits)))
        .routes(guard::<PermitCorrect, _>(routes!(list_managed_permits)))
        .routes(guard::<PermitCorrect, _>(routes!(withdraw_permit)))
        .routes(guard::<PermitCorrect, _>(routes!(correct_permit)))
}

/// Published permits, the latest decision first.
#[utoipa::path(get, path = "/permits", params(PermitQuery), responses((status = 200, body = Page<PermitView>)))]
async fn list_permits(
    ctx: Ctx<PublicityRead>,
    Query(query): Query<PermitQuery>,
) -> Result<Json<Page<PermitView>>> {
    Ok(Json(permit::published(&ctx, query).await?))
}

/// Permits within reach in every state.
#[utoipa::path(get, path = "/manage/permits", params(PermitQuery), responses((status = 200, body = Page<PermitView>)))]
async fn list_managed_permits(
    ctx: Ctx<PermitCorrect>,
    Query(query): Query<PermitQuery>,
) -> Result<Json<Page<PermitView>>> {
    Ok(Json(permit::managed(&ctx, query).await?))
}

/// Withdraws an entry.
#[utoipa::path(post, path = "/manage/permits/{id}/withdraw", params(("id" = Uuid, Path)), request_body = WithdrawPermit, responses((status = 200, body = PermitView)))]
async fn withdraw_permit(
    ctx: Ctx<PermitCorrect>,
    Path(id): Path<Uuid>,
    Json(body): Json<WithdrawPermit>,
) -> Result<Json<PermitView>> {
    Ok(Json(correct::withdraw(&ctx, id, body).await?))
}

/// Corrects an entry.
#[utoipa::path(post, path = "/manage/permits/{id}/correct", params(("id" = Uuid, Path)), request_body = CorrectPermit, responses((status = 200, body = PermitView)))]
async fn correct_permit(
    ctx: Ctx<PermitCorrect>,
    Path(id): Path<Uuid>,
    Json(body): Json<CorrectPermit>,
) -> Result<Json<PermitView>> {
    Ok(Json(correct::correct(&ctx, id, body).await?))
}
