//! `/kiosks`: administrators look after self-service terminals (自助终端). `/kiosk`: what a terminal asks
//! about itself.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{KioskManage, KioskUse};
use tb_http::{Ctx, Json, Path, ProblemBody, Query, guard, kiosk_cookie, session_cookie};
use tb_kernel::{KioskRef, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::entity::kiosk::Model;
use crate::service::{card, kiosk};

/// Which kiosks to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct KioskQuery {
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A kiosk to be registered.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewKiosk {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Division that it stands in.
    pub region: String,
    /// Credit code of the office whose staff look after it.
    pub department_code: String,
}

/// A kiosk.
#[derive(Serialize, ToSchema)]
pub(crate) struct KioskView {
    /// Id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Division that it stands in.
    pub region: String,
    /// The office whose staff look after it.
    pub department_name: String,
    /// When a browser was paired; none until then.
    pub paired_at: Option<DateTime<Utc>>,
    /// When it was shut off.
    pub shut_at: Option<DateTime<Utc>>,
    /// When a card was read there last.
    pub card_read_at: Option<DateTime<Utc>>,
    /// Version, for changes.
    pub version: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Who changed it last.
    pub updated_by: String,
}

impl KioskView {
    pub(crate) fn new(row: Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            place: row.place,
            region: row.region,
            department_name: row.department_name,
            paired_at: row.paired_at,
            shut_at: row.shut_at,
            card_read_at: row.card_read_at,
            version: row.version,
            created_at: row.created_at,
            updated_by: row.updated_by,
        }
    }
}

/// A kiosk with its secret, which is not told again.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegisteredKiosk {
    /// The kiosk.
    pub kiosk: KioskView,
    /// What its browser is paired by, and its reader of cards signs with.
    pub secret: String,
}

/// A change of a kiosk.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ChangeKiosk {
    /// Version that the caller has seen.
    pub version: i64,
}

/// The secret of a kiosk, typed into its browser.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PairKiosk {
    /// Secret.
    #[schema(format = Password)]
    pub secret: String,
}

/// The kiosk that a request comes from.
#[derive(Serialize, ToSchema)]
pub(crate) struct KioskHere {
    /// Id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Division that it stands in.
    pub region: String,
    /// Whether a reader of identity cards may be pretended.
    pub simulated_reader: bool,
}

impl KioskHere {
    pub(crate) fn new(app: &App, kiosk: &KioskRef) -> Self {
        Self {
            id: kiosk.id,
            name: kiosk.name.clone(),
            place: kiosk.place.clone(),
            region: kiosk.region.to_string(),
            simulated_reader: app.settings.simulated_card_reader,
        }
    }
}

/// What a reader has read off an identity card, signed with the secret of the kiosk: HMAC-SHA-256,
/// base64url, over milliseconds since 1970, name and number, a line each.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct CardReading {
    /// Name.
    pub name: String,
    /// Citizen id.
    pub citizen_id: String,
    /// When it was read.
    pub read_at: DateTime<Utc>,
    /// Signature of the reader.
    pub signature: String,
}

/// A card that is pretended.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SimulatedCard {
    /// Name.
    pub name: String,
    /// Citizen id.
    pub citizen_id: String,
}

/// Kiosks, the newest first.
#[utoipa::path(get, path = "/kiosks", params(KioskQuery), responses((status = 200, body = Page<KioskView>)))]
async fn list_kiosks(
    ctx: Ctx<KioskManage>,
    Query(query): Query<KioskQuery>,
) -> tb_http::Result<Json<Page<KioskView>>> {
    Ok(Json(kiosk::list(&ctx, query).await?))
}

/// Registers a kiosk; its secret is told this once.
#[utoipa::path(post, path = "/kiosks", request_body = NewKiosk, responses(
    (status = 200, body = RegisteredKiosk),
    (status = 422, body = ProblemBody, description = "`identity.invalid_kiosk`"),
))]
async fn register_kiosk(
    State(app): State<App>,
    ctx: Ctx<KioskManage>,
    Json(body): Json<NewKiosk>,
) -> tb_http::Result<Json<RegisteredKiosk>> {
    Ok(Json(kiosk::register(&app, &ctx, body).await?))
}

/// Gives a kiosk a new secret; the browser and the reader that it had are cut off.
#[utoipa::path(post, path = "/kiosks/{id}/renew", params(("id" = Uuid, Path)), request_body = ChangeKiosk, responses(
    (status = 200, body = RegisteredKiosk),
    (status = 409, body = ProblemBody, description = "`identity.kiosk_moved`"),
))]
async fn renew_kiosk(
    State(app): State<App>,
    ctx: Ctx<KioskManage>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeKiosk>,
) -> tb_http::Result<Json<RegisteredKiosk>> {
    Ok(Json(kiosk::renew(&app, &ctx, id, body.version).await?))
}

/// Shuts a kiosk off.
#[utoipa::path(post, path = "/kiosks/{id}/shut", params(("id" = Uuid, Path)), request_body = ChangeKiosk, responses(
    (status = 200, body = KioskView),
    (status = 409, body = ProblemBody, description = "`identity.kiosk_moved`"),
))]
async fn shut_kiosk(
    State(app): State<App>,
    ctx: Ctx<KioskManage>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeKiosk>,
) -> tb_http::Result<Json<KioskView>> {
    Ok(Json(kiosk::shut(&app, &ctx, id, body.version, true).await?))
}

/// Lets a kiosk that was shut off work again.
#[utoipa::path(post, path = "/kiosks/{id}/open", params(("id" = Uuid, Path)), request_body = ChangeKiosk, responses(
    (status = 200, body = KioskView),
    (status = 409, body = ProblemBody, description = "`identity.kiosk_moved`"),
))]
async fn open_kiosk(
    State(app): State<App>,
    ctx: Ctx<KioskManage>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeKiosk>,
) -> tb_http::Result<Json<KioskView>> {
    Ok(Json(
        kiosk::shut(&app, &ctx, id, body.version, false).await?,
    ))
}

/// The kiosk that the request comes from.
#[utoipa::path(get, path = "/kiosk", responses(
    (status = 200, body = KioskHere),
    (status = 204, description = "This browser is no kiosk, or it was shut off"),
))]
async fn current_kiosk(State(app): State<App>, ctx: Ctx<KioskUse>) -> tb_http::Result<Response> {
    Ok(match &ctx.actor().kiosk {
        Some(kiosk) => Json(KioskHere::new(&app, kiosk)).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Pairs the browser with a kiosk. The answer sets the cookie `tb_kiosk`.
#[utoipa::path(post, path = "/kiosk/pair", request_body = PairKiosk, responses(
    (status = 200, body = KioskHere),
    (status = 403, body = ProblemBody, description = "`identity.kiosk_shut`"),
    (status = 422, body = ProblemBody, description = "`identity.kiosk_secret_wrong`, `identity.kiosk_secret_used`"),
))]
async fn pair_kiosk(
    State(app): State<App>,
    ctx: Ctx<KioskUse>,
    Json(body): Json<PairKiosk>,
) -> tb_http::Result<impl IntoResponse> {
    let (view, token) = kiosk::pair(&app, &ctx, &body.secret).await?;
    let cookie = kiosk_cookie(&token, ctx.edge().is_secure());
    Ok((
        AppendHeaders(cookie.map(|cookie| (SET_COOKIE, cookie))),
        Json(view),
    ))
}

/// Signs in by an identity card. The answer sets the cookie `tb_session`.
#[utoipa::path(post, path = "/kiosk/card", request_body = CardReading, responses(
    (status = 200, body = crate::api::session::SessionView),
    (status = 403, body = ProblemBody, description = "`identity.not_at_kiosk`, `identity.card_forged`"),
    (status = 409, body = ProblemBody, description = "`identity.card_stale`, `identity.card_without_account`, `identity.card_name_differs`"),
))]
async fn sign_in_by_card(
    State(app): State<App>,
    ctx: Ctx<KioskUse>,
    headers: HeaderMap,
    Json(body): Json<CardReading>,
) -> tb_http::Result<impl IntoResponse> {
    let (view, token) = card::sign_in(&app, &ctx, &headers, body).await?;
    let cookie = session_cookie(&token, ctx.edge().is_secure());
    Ok((
        AppendHeaders(cookie.map(|cookie| (SET_COOKIE, cookie))),
        Json(view),
    ))
}

/// Pretends that a card was read (模拟读卡器); only where the settings allow it.
#[utoipa::path(post, path = "/kiosk/card/simulate", request_body = SimulatedCard, responses(
    (status = 200, body = CardReading),
    (status = 403, body = ProblemBody, description = "`identity.no_simulated_reader`"),
))]
async fn simulate_card(
    State(app): State<App>,
    ctx: Ctx<KioskUse>,
    Json(body): Json<SimulatedCard>,
) -> tb_http::Result<Json<CardReading>> {
    Ok(Json(card::simulate(&app, &ctx, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<KioskManage, _>(routes!(
            list_kiosks,
            register_kiosk
        )))
        .routes(guard::<KioskManage, _>(routes!(renew_kiosk)))
        .routes(guard::<KioskManage, _>(routes!(shut_kiosk)))
        .routes(guard::<KioskManage, _>(routes!(open_kiosk)))
        .routes(guard::<KioskUse, _>(routes!(current_kiosk)))
        .routes(guard::<KioskUse, _>(routes!(pair_kiosk)))
        .routes(guard::<KioskUse, _>(routes!(sign_in_by_card)))
        .routes(guard::<KioskUse, _>(routes!(simulate_card)))
}
