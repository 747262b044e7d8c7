//! `/board`: the picture of the board, once and as a stream.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
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
async fn read_board(State(app): State<App>, ctx: Ctx<BoardRead>) -> Result<Json<Board>> {
    let fresh = board(ctx.store());
    Ok(Json(app.picture().get(ctx.now(), fresh).await?))
}

/// The picture at once and whenever it changes: server-sent events `snapshot`.
#[utoipa::path(get, path = "/board/live", responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn watch_board(State(app): State<App>, ctx: Ctx<BoardRead>) -> Result<Response> {
    let screen = app.screen(ctx.address())?;
    let first = !app.board().is_watched();
    let stream = app.board().stream(ctx.edge().live())?;
    if first {
        // Nobody looked until now: the picture that is kept is old.
        draw(ctx.store(), &app).await;
    }
    Ok(stream.into_response().map(|body| {
        // The place is given back when the stream is dropped.
        let pieces = body.into_data_stream().map(move |piece| {
            let _held = &screen;
            piece
        });
        Body::from_stream(pieces)
    }))
}
