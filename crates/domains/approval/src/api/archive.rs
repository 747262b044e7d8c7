//! Archiving: what waits for it, hand-over lists, their packages, and what they are named and kept by.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use tb_contract::access::{
    ArchiveHandOver, ArchiveRead, ArchiveReceive, ArchiveSetUp, ArchiveTake, CaseRead,
};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, guard};
use tb_kernel::{CaseId, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::archive_body::{
    ArchiveListPage, ArchiveListView, ArchiveMark, ArchiveOverview, DropEntries, FondsView,
    KeepFonds, KeepRule, ListVersion, ListsQuery, NewArchiveList, RemoveRule, RetentionRule,
    ReturnEntries, TakePackages, VoidReceipt, WaitingCase, WaitingQuery,
};
use crate::app::App;
use crate::service::archive::{self, Step};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ArchiveRead, _>(routes!(archive_overview)))
        .routes(guard::<ArchiveRead, _>(routes!(archive_waiting)))
        .routes(guard::<ArchiveRead, _>(routes!(archive_lists)))
        .routes(guard::<ArchiveHandOver, _>(routes!(make_archive_list)))
        .routes(guard::<ArchiveRead, _>(routes!(archive_list)))
        .routes(guard::<ArchiveRead, _>(routes!(archive_list_paper)))
        .routes(guard::<ArchiveHandOver, _>(routes!(drop_archive_entries)))
        .routes(guard::<ArchiveHandOver, _>(routes!(retry_archive_list)))
        .routes(guard::<ArchiveHandOver, _>(routes!(cancel_archive_list)))
        .routes(guard::<ArchiveHandOver, _>(routes!(hand_over_archive_list)))
        .routes(guard::<ArchiveReceive, _>(routes!(return_archive_entries)))
        .routes(guard::<ArchiveReceive, _>(routes!(receive_archive_list)))
        .routes(guard::<ArchiveReceive, _>(routes!(void_archive_receipt)))
        .routes(guard::<ArchiveTake, _>(routes!(take_archive_package)))
        .routes(guard::<ArchiveTake, _>(routes!(take_archive_packages)))
        .routes(guard::<ArchiveSetUp, _>(routes!(keep_archive_fonds)))
        .routes(guard::<CaseRead, _>(routes!(archive_of_case)))
        .routes(guard::<ArchiveRead, _>(routes!(archive_rules)))
        .routes(guard::<ArchiveSetUp, _>(routes!(keep_archive_rule)))
        .routes(guard::<ArchiveSetUp, _>(routes!(remove_archive_rule)))
}

/// What waits for its archiving, in all.
#[utoipa::path(get, path = "/archive", responses((status = 200, body = ArchiveOverview)))]
async fn archive_overview(
    State(app): State<App>,
    ctx: Ctx<ArchiveRead>,
) -> tb_http::Result<Json<ArchiveOverview>> {
    Ok(Json(archive::overview(&app, &ctx).await?))
}

/// Cases that wait for their archiving, the oldest end first.
#[utoipa::path(get, path = "/archive/cases", params(WaitingQuery), responses((status = 200, body = Page<WaitingCase>)))]
async fn archive_waiting(
    State(app): State<App>,
    ctx: Ctx<ArchiveRead>,
    Query(query): Query<WaitingQuery>,
) -> tb_http::Result<Json<Page<WaitingCase>>> {
    Ok(Json(archive::waiting(&app, &ctx, query).await?))
}

/// Hand-over lists, the newest first.
#[utoipa::path(get, path = "/archive/lists", params(ListsQuery), responses((status = 200, body = Page<ArchiveListView>)))]
async fn archive_lists(
    ctx: Ctx<ArchiveRead>,
    Query(query): Query<ListsQuery>,
) -> tb_http::Result<Json<Page<ArchiveListView>>> {
    Ok(Json(archive::lists(&ctx, query).await?))
}

/// Makes a list; its packages are made by a job.
#[utoipa::path(post, path = "/archive/lists", request_body = NewArchiveList, responses((status = 200, body = ArchiveListView)))]
async fn make_archive_list(
    State(app): State<App>,
    ctx: Ctx<ArchiveHandOver>,
    Json(body): Json<NewArchiveList>,
) -> tb_http::Result<Json<ArchiveListView>> {
    Ok(Json(archive::make(&app, &ctx, body).await?))
}

/// A list with its cases.
#[utoipa::path(get, path = "/archive/lists/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = ArchiveListPage)))]
async fn archive_list(
    ctx: Ctx<ArchiveRead>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    Ok(Json(archive::show(&ctx, id).await?))
}

/// The list as a paper to sign.
#[utoipa::path(get, path = "/archive/lists/{id}/paper", params(("id" = Uuid, Path)), responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
async fn archive_list_paper(
    State(app): State<App>,
    ctx: Ctx<ArchiveRead>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<FileAnswer> {
    Ok(archive::paper(&app, &ctx, id).await?)
}

/// Takes cases off a list before it is handed over.
#[utoipa::path(post, path = "/archive/lists/{id}/drop", params(("id" = Uuid, Path)), request_body = DropEntries, responses((status = 200, body = ArchiveListPage)))]
async fn drop_archive_entries(
    State(app): State<App>,
    ctx: Ctx<ArchiveHandOver>,
    Path(id): Path<Uuid>,
    Json(body): Json<DropEntries>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    let step = Step::Drop(body.entries);
    Ok(Json(archive::go(&app, &ctx, id, body.version, step).await?))
}

/// Packs once more what could not be packed, or has changed since.
#[utoipa::path(post, path = "/archive/lists/{id}/retry", params(("id" = Uuid, Path)), request_body = ListVersion, responses((status = 200, body = ArchiveListPage)))]
async fn retry_archive_list(
    State(app): State<App>,
    ctx: Ctx<ArchiveHandOver>,
    Path(id): Path<Uuid>,
    Json(body): Json<ListVersion>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    Ok(Json(
        archive::go(&app, &ctx, id, body.version, Step::Retry).await?,
    ))
}

/// Gives a list up before it is handed over.
#[utoipa::path(post, path = "/archive/lists/{id}/cancel", params(("id" = Uuid, Path)), request_body = ListVersion, responses((status = 200, body = ArchiveListPage)))]
async fn cancel_archive_list(
    State(app): State<App>,
    ctx: Ctx<ArchiveHandOver>,
    Path(id): Path<Uuid>,
    Json(body): Json<ListVersion>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    Ok(Json(
        archive::go(&app, &ctx, id, body.version, Step::Cancel).await?,
    ))
}

/// Hands a list over; every package is read back once more then.
#[utoipa::path(post, path = "/archive/lists/{id}/hand-over", params(("id" = Uuid, Path)), request_body = ListVersion, responses((status = 200, body = ArchiveListPage)))]
async fn hand_over_archive_list(
    State(app): State<App>,
    ctx: Ctx<ArchiveHandOver>,
    Path(id): Path<Uuid>,
    Json(body): Json<ListVersion>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    Ok(Json(
        archive::go(&app, &ctx, id, body.version, Step::HandOver).await?,
    ))
}

/// Sends cases back with a reason.
#[utoipa::path(post, path = "/archive/lists/{id}/return", params(("id" = Uuid, Path)), request_body = ReturnEntries, responses((status = 200, body = ArchiveListPage)))]
async fn return_archive_entries(
    State(app): State<App>,
    ctx: Ctx<ArchiveReceive>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReturnEntries>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    let step = Step::Return(body.entries, body.reason);
    Ok(Json(archive::go(&app, &ctx, id, body.version, step).await?))
}

/// Receives a list: its cases are archived.
#[utoipa::path(post, path = "/archive/lists/{id}/receive", params(("id" = Uuid, Path)), request_body = ListVersion, responses((status = 200, body = ArchiveListPage)))]
async fn receive_archive_list(
    State(app): State<App>,
    ctx: Ctx<ArchiveReceive>,
    Path(id): Path<Uuid>,
    Json(body): Json<ListVersion>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    Ok(Json(
        archive::go(&app, &ctx, id, body.version, Step::Receive).await?,
    ))
}

/// Takes a receipt back with a reason; the list is before the archivist again.
#[utoipa::path(post, path = "/archive/lists/{id}/void", params(("id" = Uuid, Path)), request_body = VoidReceipt, responses((status = 200, body = ArchiveListPage)))]
async fn void_archive_receipt(
    State(app): State<App>,
    ctx: Ctx<ArchiveReceive>,
    Path(id): Path<Uuid>,
    Json(body): Json<VoidReceipt>,
) -> tb_http::Result<Json<ArchiveListPage>> {
    let step = Step::Void(body.reason);
    Ok(Json(archive::go(&app, &ctx, id, body.version, step).await?))
}

/// The package of one case, unmasked. A `POST`, since a reason has no place in an address.
#[utoipa::path(post, path = "/archive/entries/{id}/package", params(("id" = Uuid, Path)), request_body = TakePackages, responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
async fn take_archive_package(
    State(app): State<App>,
    ctx: Ctx<ArchiveTake>,
    Path(id): Path<Uuid>,
    Json(body): Json<TakePackages>,
) -> tb_http::Result<FileAnswer> {
    Ok(archive::take_one(&app, &ctx, id, &body.reason).await?)
}

/// All packages of a list in one package, unmasked.
#[utoipa::path(post, path = "/archive/lists/{id}/packages", params(("id" = Uuid, Path)), request_body = TakePackages, responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
async fn take_archive_packages(
    State(app): State<App>,
    ctx: Ctx<ArchiveTake>,
    Path(id): Path<Uuid>,
    Json(body): Json<TakePackages>,
) -> tb_http::Result<Response> {
    let pieces = archive::take_all(&app, &ctx, id, &body.reason).await?;
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/zip"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"archive-list.zip\"",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Where a case lies in the archive, or on its way there; nothing where it is in no list.
#[utoipa::path(get, path = "/cases/{id}/archive", params(("id" = CaseId, Path)), responses((status = 200, body = Option<ArchiveMark>)))]
async fn archive_of_case(
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Option<ArchiveMark>>> {
    Ok(Json(archive::mark(&ctx, id).await?))
}

/// Says how archive numbers are made.
#[utoipa::path(put, path = "/archive/fonds", request_body = KeepFonds, responses((status = 200, body = FondsView)))]
async fn keep_archive_fonds(
    ctx: Ctx<ArchiveSetUp>,
    Json(body): Json<KeepFonds>,
) -> tb_http::Result<Json<FondsView>> {
    Ok(Json(archive::keep_fonds(&ctx, body).await?))
}

/// How long cases are kept, by type of item and by item.
#[utoipa::path(get, path = "/archive/rules", responses((status = 200, body = Vec<RetentionRule>)))]
async fn archive_rules(ctx: Ctx<ArchiveRead>) -> tb_http::Result<Json<Vec<RetentionRule>>> {
    Ok(Json(archive::rules(&ctx).await?))
}

/// Decides how long cases of a type or an item are kept.
#[utoipa::path(put, path = "/archive/rules", request_body = KeepRule, responses((status = 200, body = Vec<RetentionRule>)))]
async fn keep_archive_rule(
    ctx: Ctx<ArchiveSetUp>,
    Json(body): Json<KeepRule>,
) -> tb_http::Result<Json<Vec<RetentionRule>>> {
    Ok(Json(archive::keep_rule(&ctx, body).await?))
}

/// Goes back to the default, or from an item to its type.
#[utoipa::path(post, path = "/archive/rules/remove", request_body = RemoveRule, responses((status = 200, body = Vec<RetentionRule>)))]
async fn remove_archive_rule(
    ctx: Ctx<ArchiveSetUp>,
    Json(body): Json<RemoveRule>,
) -> tb_http::Result<Json<Vec<RetentionRule>>> {
    Ok(Json(archive::remove_rule(&ctx, body).await?))
}
