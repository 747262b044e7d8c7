//! The inbox, and hints that something changed.

use axum::extract::State;
use axum::response::IntoResponse;
use tb_contract::access::MessageRead;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::inbox::{self, MessageView, UnreadCount};

/// Messages to the caller, newest first.
#[utoipa::path(get, path = "/messages", params(PageRequest), responses((status = 200, body = Page<MessageView>)))]
async fn list_messages(
    State(app): State<App>,
    ctx: Ctx<MessageRead>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<MessageView>>> {
    Ok(Json(inbox::list(&app, &ctx, page).await?))
}

/// How many messages have not been read.
#[utoipa::path(get, path = "/messages/unread-count", responses((status = 200, body = UnreadCount)))]
async fn count_unread_messages(ctx: Ctx<MessageRead>) -> Result<Json<UnreadCount>> {
    Ok(Json(inbox::unread(&ctx).await?))
}

/// Marks a message as read.
#[utoipa::path(post, path = "/messages/{id}/read", params(("id" = Uuid, Path)), responses((status = 200, body = MessageView)))]
async fn read_message(ctx: Ctx<MessageRead>, Path(id): Path<Uuid>) -> Result<Json<MessageView>> {
    Ok(Json(inbox::read(&ctx, id).await?))
}

/// Hints (SSE) that an application of the caller changed: `application` with its id.
#[utoipa::path(get, path = "/live", responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn listen(ctx: Ctx<MessageRead>) -> impl IntoResponse {
    ctx.edge().live().stream(ctx.actor().clone())
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<MessageRead, _>(routes!(list_messages)))
        .routes(guard::<MessageRead, _>(routes!(count_unread_messages)))
        .routes(guard::<MessageRead, _>(routes!(read_message)))
        .routes(guard::<MessageRead, _>(routes!(listen)))
}
