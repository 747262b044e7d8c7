//! Views of the list that somebody keeps.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::{LabelWrite, ViewKeep};
use tb_http::{Ctx, Json, Path, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::model::saved::ViewContent;
use crate::service::saved;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ViewKeep, _>(routes!(list_views)))
        .routes(guard::<ViewKeep, _>(routes!(keep_view)))
        .routes(guard::<ViewKeep, _>(routes!(change_view)))
        .routes(guard::<ViewKeep, _>(routes!(remove_view)))
        .routes(guard::<LabelWrite, _>(routes!(unshare_view)))
        .routes(guard::<ViewKeep, _>(routes!(order_views)))
}

/// A view to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewView {
    /// Name, unique among the caller's.
    pub name: String,
    /// Whether colleagues see it.
    #[serde(default)]
    pub shared: bool,
    /// Whether its list opens with it; takes that from the one that did.
    #[serde(default)]
    pub opens: bool,
    /// What it shows.
    pub content: ViewContent,
}

/// A view as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ChangedView {
    /// Version that the caller has seen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Whether colleagues see it.
    #[serde(default)]
    pub shared: bool,
    /// Whether its list opens with it; takes that from the one that did.
    #[serde(default)]
    pub opens: bool,
    /// What it shows.
    pub content: ViewContent,
}

/// A view to be removed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RemovedView {
    /// Version that the caller has seen.
    pub version: i64,
}

/// An order of the caller's views.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ViewOrder {
    /// Ids, the first one first; those not named come behind as they were.
    pub ids: Vec<Uuid>,
}

/// A view.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of it"
)]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Whether colleagues see it.
    pub shared: bool,
    /// Whether the owner's list opens with it.
    pub opens: bool,
    /// Whether it is the caller's own.
    pub own: bool,
    /// Who keeps it.
    pub owner: String,
    /// What it shows.
    pub content: ViewContent,
    /// Whether its label was removed: it finds nothing any more.
    pub label_gone: bool,
    /// Version: a change names it.
    pub version: i64,
}

/// The caller's views in his order, then what colleagues share with the department.
#[utoipa::path(get, path = "/views", responses((status = 200, body = Vec<SavedView>)))]
async fn list_views(
    State(app): State<App>,
    ctx: Ctx<ViewKeep>,
) -> tb_http::Result<Json<Vec<SavedView>>> {
    Ok(Json(saved::list(&app, &ctx).await?))
}

/// Keeps a view.
#[utoipa::path(post, path = "/views", request_body = NewView, responses((status = 200, body = SavedView)))]
async fn keep_view(
    ctx: Ctx<ViewKeep>,
    Json(body): Json<NewView>,
) -> tb_http::Result<Json<SavedView>> {
    Ok(Json(saved::keep(&ctx, body).await?))
}

/// Changes one of the caller's views.
#[utoipa::path(put, path = "/views/{id}", params(("id" = Uuid, Path)), request_body = ChangedView, responses((status = 200, body = SavedView)))]
async fn change_view(
    ctx: Ctx<ViewKeep>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangedView>,
) -> tb_http::Result<Json<SavedView>> {
    Ok(Json(saved::change(&ctx, id, body).await?))
}

/// Removes one of the caller's views.
#[utoipa::path(post, path = "/views/{id}/remove", params(("id" = Uuid, Path)), request_body = RemovedView, responses((status = 200)))]
async fn remove_view(
    ctx: Ctx<ViewKeep>,
    Path(id): Path<Uuid>,
    Json(body): Json<RemovedView>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(saved::remove(&ctx, id, body.version).await?))
}

/// Takes a view back that a colleague shares with the department; he keeps it for himself.
#[utoipa::path(post, path = "/views/{id}/unshare", params(("id" = Uuid, Path)), request_body = RemovedView, responses((status = 200)))]
async fn unshare_view(
    ctx: Ctx<LabelWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<RemovedView>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(saved::unshare(&ctx, id, body.version).await?))
}

/// Puts the caller's views in an order; his list opens with the first.
#[utoipa::path(post, path = "/views/order", request_body = ViewOrder, responses((status = 200, body = Vec<SavedView>)))]
async fn order_views(
    State(app): State<App>,
    ctx: Ctx<ViewKeep>,
    Json(body): Json<ViewOrder>,
) -> tb_http::Result<Json<Vec<SavedView>>> {
    Ok(Json(saved::order(&app, &ctx, body.ids).await?))
}
