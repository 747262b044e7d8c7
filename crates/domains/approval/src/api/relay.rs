//! Between counters and offices (综窗与部门的交接): what waits, lists, receipt, and the counter's shelf.

use axum::extract::State;
use tb_contract::access::{CaseRead, RelayUse, ShelfUse};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, guard};
use tb_kernel::{CaseId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::relay_body::{
    GiveBackResult, HandOutResult, HandedOut, NewRelayList, ReceiveRelayList, RelayCase,
    RelayListPage, RelayListQuery, RelayListView, RelayMark, RelayOverview, RelayQuery, ShelfQuery,
    ShelfRow, WithdrawRelayList,
};
use crate::app::App;
use crate::service::relay;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<RelayUse, _>(routes!(relay_overview)))
        .routes(guard::<RelayUse, _>(routes!(relay_waiting)))
        .routes(guard::<RelayUse, _>(routes!(relay_lists)))
        .routes(guard::<RelayUse, _>(routes!(make_relay_list)))
        .routes(guard::<RelayUse, _>(routes!(relay_list)))
        .routes(guard::<RelayUse, _>(routes!(relay_list_paper)))
        .routes(guard::<RelayUse, _>(routes!(receive_relay_list)))
        .routes(guard::<RelayUse, _>(routes!(withdraw_relay_list)))
        .routes(guard::<ShelfUse, _>(routes!(relay_shelf)))
        .routes(guard::<ShelfUse, _>(routes!(hand_out_result)))
        .routes(guard::<ShelfUse, _>(routes!(give_back_result)))
        .routes(guard::<ShelfUse, _>(routes!(shelf_receipt)))
        .routes(guard::<CaseRead, _>(routes!(relay_of_case)))
}

/// What is there to hand over, to receive and to hand out, in numbers.
#[utoipa::path(get, path = "/relay", responses((status = 200, body = RelayOverview)))]
async fn relay_overview(ctx: Ctx<RelayUse>) -> tb_http::Result<Json<RelayOverview>> {
    Ok(Json(relay::overview(&ctx).await?))
}

/// Cases whose papers or results wait to be handed over, the oldest first.
#[utoipa::path(get, path = "/relay/cases", params(RelayQuery), responses((status = 200, body = Page<RelayCase>)))]
async fn relay_waiting(
    State(app): State<App>,
    ctx: Ctx<RelayUse>,
    Query(query): Query<RelayQuery>,
) -> tb_http::Result<Json<Page<RelayCase>>> {
    Ok(Json(relay::waiting(&app, &ctx, query).await?))
}

/// Lists that one's department is sent, or sent, the newest first.
#[utoipa::path(get, path = "/relay/lists", params(RelayListQuery), responses((status = 200, body = Page<RelayListView>)))]
async fn relay_lists(
    ctx: Ctx<RelayUse>,
    Query(query): Query<RelayListQuery>,
) -> tb_http::Result<Json<Page<RelayListView>>> {
    Ok(Json(relay::lists(&ctx, query).await?))
}

/// Hands cases over by a list.
#[utoipa::path(post, path = "/relay/lists", request_body = NewRelayList, responses((status = 200, body = RelayListPage)))]
async fn make_relay_list(
    State(app): State<App>,
    ctx: Ctx<RelayUse>,
    Json(body): Json<NewRelayList>,
) -> tb_http::Result<Json<RelayListPage>> {
    Ok(Json(relay::make(&app, &ctx, body).await?))
}

/// A list with its cases.
#[utoipa::path(get, path = "/relay/lists/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = RelayListPage)))]
async fn relay_list(
    ctx: Ctx<RelayUse>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<RelayListPage>> {
    Ok(Json(relay::show(&ctx, id).await?))
}

/// The list as a paper to sign (材料交接单).
#[utoipa::path(get, path = "/relay/lists/{id}/paper", params(("id" = Uuid, Path)), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
async fn relay_list_paper(
    State(app): State<App>,
    ctx: Ctx<RelayUse>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<FileAnswer> {
    Ok(relay::paper(&app, &ctx, id).await?)
}

/// Receives a list: what is there, and what goes back with a reason.
#[utoipa::path(post, path = "/relay/lists/{id}/receive", params(("id" = Uuid, Path)), request_body = ReceiveRelayList, responses((status = 200, body = RelayListPage)))]
async fn receive_relay_list(
    State(app): State<App>,
    ctx: Ctx<RelayUse>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReceiveRelayList>,
) -> tb_http::Result<Json<RelayListPage>> {
    Ok(Json(relay::receive(&app, &ctx, id, body).await?))
}

/// Takes a list back that nobody has received.
#[utoipa::path(post, path = "/relay/lists/{id}/withdraw", params(("id" = Uuid, Path)), request_body = WithdrawRelayList, responses((status = 200, body = RelayListPage)))]
async fn withdraw_relay_list(
    State(app): State<App>,
    ctx: Ctx<RelayUse>,
    Path(id): Path<Uuid>,
    Json(body): Json<WithdrawRelayList>,
) -> tb_http::Result<Json<RelayListPage>> {
    Ok(Json(relay::withdraw(&app, &ctx, id, body.version).await?))
}

/// Results that lie at one's counter, the oldest first.
#[utoipa::path(get, path = "/relay/shelf", params(ShelfQuery), responses((status = 200, body = Page<ShelfRow>)))]
async fn relay_shelf(
    State(app): State<App>,
    ctx: Ctx<ShelfUse>,
    Query(query): Query<ShelfQuery>,
) -> tb_http::Result<Json<Page<ShelfRow>>> {
    Ok(Json(relay::shelf(&app, &ctx, query).await?))
}

/// Hands a result out to whoever takes it.
#[utoipa::path(post, path = "/relay/shelf/{id}/hand-out", params(("id" = Uuid, Path)), request_body = HandOutResult, responses((status = 200, body = HandedOut)))]
async fn hand_out_result(
    State(app): State<App>,
    ctx: Ctx<ShelfUse>,
    Path(id): Path<Uuid>,
    Json(body): Json<HandOutResult>,
) -> tb_http::Result<Json<HandedOut>> {
    Ok(Json(relay::hand_out(&app, &ctx, id, body).await?))
}

/// Gives a result back to its office.
#[utoipa::path(post, path = "/relay/shelf/{id}/give-back", params(("id" = Uuid, Path)), request_body = GiveBackResult, responses((status = 200)))]
async fn give_back_result(
    State(app): State<App>,
    ctx: Ctx<ShelfUse>,
    Path(id): Path<Uuid>,
    Json(body): Json<GiveBackResult>,
) -> tb_http::Result<Json<()>> {
    relay::give_back(&app, &ctx, id, &body).await?;
    Ok(Json(()))
}

/// The 送达回证 of what one's counter has handed out; that it was read is recorded.
#[utoipa::path(get, path = "/relay/shelf/{id}/receipt", params(("id" = Uuid, Path)), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
async fn shelf_receipt(
    State(app): State<App>,
    ctx: Ctx<ShelfUse>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<FileAnswer> {
    Ok(relay::receipt(&app, &ctx, id).await?)
}

/// How far papers and result of a case have come between counter and office.
#[utoipa::path(get, path = "/cases/{id}/relay", params(("id" = CaseId, Path)), responses((status = 200, body = Vec<RelayMark>)))]
async fn relay_of_case(
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Vec<RelayMark>>> {
    Ok(Json(relay::of_case(&ctx, id).await?))
}
