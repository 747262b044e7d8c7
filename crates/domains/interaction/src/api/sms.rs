//! Short messages: what one wishes, what went out, what the operator tells; replies of simulated phones.

use axum::extract::State;
use tb_contract::access::{SmsNotify, SmsRead, SmsSimulate, SmsWish};
use tb_contract::payments::SignedMessage;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::sms::hear;
use crate::service::sms::read::{self, ReplyBySms, SmsView};
use crate::service::sms::wish::{self, SmsWishes, WishSms};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<SmsWish, _>(routes!(read_sms_wishes)))
        .routes(guard::<SmsWish, _>(routes!(wish_sms)))
        .routes(guard::<SmsRead, _>(routes!(list_sms)))
        .routes(guard::<SmsSimulate, _>(routes!(reply_by_sms)))
        .routes(guard::<SmsNotify, _>(routes!(notify_sms)))
}

/// Which short messages the caller wishes.
#[utoipa::path(get, path = "/sms-wishes", responses((status = 200, body = SmsWishes)))]
async fn read_sms_wishes(State(app): State<App>, ctx: Ctx<SmsWish>) -> Result<Json<SmsWishes>> {
    Ok(Json(wish::read(&app, &ctx).await?))
}

/// Keeps which short messages the caller wishes.
#[utoipa::path(put, path = "/sms-wishes", request_body = WishSms, responses((status = 200, body = SmsWishes)))]
async fn wish_sms(
    State(app): State<App>,
    ctx: Ctx<SmsWish>,
    Json(body): Json<WishSms>,
) -> Result<Json<SmsWishes>> {
    Ok(Json(wish::write(&app, &ctx, body).await?))
}

/// Short messages that went out, the newest first.
#[utoipa::path(get, path = "/sms", params(PageRequest), responses((status = 200, body = Page<SmsView>)))]
async fn list_sms(
    State(app): State<App>,
    ctx: Ctx<SmsRead>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<SmsView>>> {
    Ok(Json(read::list(&app, &ctx, page).await?))
}

/// Replies to a message from a phone of the simulated operator, which tells of it.
#[utoipa::path(post, path = "/sms/{id}/replies", params(("id" = Uuid, Path)), request_body = ReplyBySms, responses((status = 200, body = SmsView)))]
async fn reply_by_sms(
    State(app): State<App>,
    ctx: Ctx<SmsSimulate>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReplyBySms>,
) -> Result<Json<SmsView>> {
    Ok(Json(read::reply(&app, &ctx, id, body).await?))
}

/// Takes in what the operator tells: signed, and the same as often as it comes.
#[utoipa::path(post, path = "/sms/notices", request_body = SignedMessage, responses((status = 200)))]
async fn notify_sms(
    State(app): State<App>,
    ctx: Ctx<SmsNotify>,
    Json(message): Json<SignedMessage>,
) -> Result<Json<()>> {
    Ok(Json(hear::hear(&app, ctx.store(), &message).await?))
}
