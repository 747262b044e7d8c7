//! `/board`: the picture of the board, once and as a stream.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use tb_contract::access::BoardRead;
use tb_http::{Ctx, Json, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::jobs::draw;
use crate::service::board::{Board, board};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<BoardRead, _>(routes!(read_board)))
        .routes(guard::<BoardRead, _>(routes!(watch_board)))
}

/// The picture of now.
#[utoipa::path(get, path = "/board", responses((status = 200, body = Board)))]
async fn read_board(ctx: Ctx<BoardRead>) -> Result<Json<Board>> {
    Ok(Json(board(ctx.store()).await?))
}

/// The picture at once and whenever it changes: server-sent events `snapshot`.
#[utoipa::path(get, path = "/board/live", responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn watch_board(State(app): State<App>, ctx: Ctx<BoardRead>) -> Result<Response> {
    let first = !app.board().is_watched();
    let stream = app.board().stream(ctx.edge().live())?;
    if first {
        // Nobody looked until now: the picture that is kept is old.
        draw(ctx.store(), &app).await;
    }
    Ok(stream.into_response())
}
