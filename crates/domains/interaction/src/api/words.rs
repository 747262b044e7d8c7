//! `/words`: words of ratings before the public sees them.

use tb_contract::access::WordsReview;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::words::{self, ReviewWords, ReviewedWords, WaitingWords};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<WordsReview, _>(routes!(list_words)))
        .routes(guard::<WordsReview, _>(routes!(review_words)))
}

/// Words that wait for a reader, the newest first.
#[utoipa::path(get, path = "/words", params(PageRequest), responses((status = 200, body = Page<WaitingWords>)))]
async fn list_words(
    ctx: Ctx<WordsReview>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<WaitingWords>>> {
    Ok(Json(words::waiting(&ctx, page).await?))
}

/// Publishes words, masked, or withholds them.
#[utoipa::path(post, path = "/words/{id}/review", params(("id" = Uuid, Path)), request_body = ReviewWords, responses((status = 200, body = ReviewedWords)))]
async fn review_words(
    ctx: Ctx<WordsReview>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReviewWords>,
) -> Result<Json<ReviewedWords>> {
    Ok(Json(words::review(&ctx, id, body).await?))
}
