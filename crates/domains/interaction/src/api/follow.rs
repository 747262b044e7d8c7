//! `/my-rectifications/{number}`: the citizen's side.

use axum::extract::State;
use tb_contract::access::RectificationFollow;
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::follow::{self, AnswerCallBack, MyRectification};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<RectificationFollow, _>(routes!(
            follow_rectification
        )))
        .routes(guard::<RectificationFollow, _>(routes!(answer_call_back)))
}

/// What becomes of one's own poor rating of a case; `null` where there is nothing to rectify.
#[utoipa::path(get, path = "/my-rectifications/{number}", params(("number" = String, Path)), responses((status = 200, body = Option<MyRectification>)))]
async fn follow_rectification(
    ctx: Ctx<RectificationFollow>,
    Path(number): Path<String>,
) -> Result<Json<Option<MyRectification>>> {
    Ok(Json(follow::show(&ctx, &number).await?))
}

/// Answers the call-back: a second rating beside the first.
#[utoipa::path(post, path = "/my-rectifications/{number}/answer", params(("number" = String, Path)), request_body = AnswerCallBack, responses((status = 200, body = MyRectification)))]
async fn answer_call_back(
    State(app): State<App>,
    ctx: Ctx<RectificationFollow>,
    Path(number): Path<String>,
    Json(body): Json<AnswerCallBack>,
) -> Result<Json<MyRectification>> {
    Ok(Json(follow::answer(&app, &ctx, &number, body).await?))
}
