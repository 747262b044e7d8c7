//! `/endpoints`: where messages go.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{EndpointRead, EndpointWrite};
use tb_http::{Ctx, Json, Path, Result, guard};
use tb_kernel::Fault;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::deliveries::DeliveryView;
use crate::entity::endpoint;
use crate::error::Error;
use crate::model::{Fields, KINDS, Wants};
use crate::service::{self, Shown};
use crate::store::delivery::{Again, DEAD, WAITING};
use crate::{App, store};

/// An endpoint.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct EndpointView {
    /// Id.
    id: Uuid,
    /// What it is called.
    name: String,
    /// Where messages go.
    url: String,
    /// Kinds of events it wants; all where empty.
    kinds: Vec<String>,
    /// Items whose cases it wants; all where empty.
    item_codes: Vec<String>,
    /// Departments whose cases it wants; all where empty.
    department_codes: Vec<String>,
    /// Whether messages go to it.
    active: bool,
    /// Since when no message has gone through.
    failing_since: Option<DateTime<Utc>>,
    /// When it was switched off after long trouble.
    disabled_at: Option<DateTime<Utc>>,
    /// Until when the secret before is valid beside the new one.
    old_secret_until: Option<DateTime<Utc>>,
    /// Messages that wait.
    waiting: i64,
    /// Messages that were given up.
    dead: i64,
    /// Version, to be sent back with a change.
    version: i64,
    /// When it was registered.
    created_at: DateTime<Utc>,
}

/// An endpoint with its new secret, which is never shown again.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct EndpointSecret {
    /// The endpoint.
    endpoint: EndpointView,
    /// The secret: `whsec_` and 32 bytes in base64.
    secret: String,
}

/// The endpoints, and what they can want.
#[derive(Debug, Serialize, ToSchema)]
struct EndpointList {
    /// All endpoints.
    items: Vec<EndpointView>,
    /// All kinds of events.
    kinds: Vec<String>,
}

/// A change of an endpoint.
#[derive(Debug, Deserialize, ToSchema)]
struct SaveEndpoint {
    /// Version that was seen.
    version: i64,
    /// What it is to be.
    endpoint: Fields,
}

/// What was seen.
#[derive(Debug, Deserialize, ToSchema)]
struct SeenEndpoint {
    /// Version that was seen.
    version: i64,
}

/// Which finished messages are sent again, by the time they were made.
#[derive(Debug, Deserialize, ToSchema)]
struct ReplaySpan {
    /// From.
    from: DateTime<Utc>,
    /// To, without it.
    to: DateTime<Utc>,
    /// Only those that were given up.
    #[serde(default)]
    dead_only: bool,
}

/// How many are sent again.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct Replayed {
    /// Messages.
    messages: u64,
}

type Counts = HashMap<(Uuid, String), i64>;

fn view(row: endpoint::Model, counts: &Counts) -> EndpointView {
    let wants: Wants = serde_json::from_str(&row.wants).unwrap_or_default();
    let count = |state: &str| {
        let count = counts.get(&(row.id, state.to_owned()));
        count.copied().unwrap_or_default()
    };
    EndpointView {
        waiting: count(WAITING),
        dead: count(DEAD),
        id: row.id,
        name: row.name,
        url: row.url,
        kinds: wants.kinds,
        item_codes: wants.item_codes,
        department_codes: wants.department_codes,
        active: row.active,
        failing_since: row.failing_since,
        disabled_at: row.disabled_at,
        old_secret_until: row.old_secret_until,
        version: row.version,
        created_at: row.created_at,
    }
}

fn with_secret(shown: Shown) -> EndpointSecret {
    EndpointSecret {
        endpoint: view(shown.endpoint, &HashMap::new()),
        secret: shown.secret.to_string(),
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<EndpointRead, _>(routes!(list)))
        .routes(guard::<EndpointWrite, _>(routes!(create)))
        .routes(guard::<EndpointRead, _>(routes!(show)))
        .routes(guard::<EndpointWrite, _>(routes!(save)))
        .routes(guard::<EndpointWrite, _>(routes!(rotate)))
        .routes(guard::<EndpointWrite, _>(routes!(ping)))
        .routes(guard::<EndpointWrite, _>(routes!(replay)))
}

/// All endpoints.
#[utoipa::path(get, path = "/endpoints", responses((status = 200, body = EndpointList)))]
async fn list(ctx: Ctx<EndpointRead>) -> Result<Json<EndpointList>> {
    let counts = store::delivery::counts(&ctx.read()).await?;
    let rows = store::endpoint::all(&ctx.read()).await?;
    Ok(Json(EndpointList {
        items: rows.into_iter().map(|row| view(row, &counts)).collect(),
        kinds: KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
    }))
}

/// Registers an endpoint; the secret is shown this once.
#[utoipa::path(post, path = "/endpoints", request_body = Fields, responses((status = 200, body = EndpointSecret)))]
async fn create(
    State(app): State<App>,
    ctx: Ctx<EndpointWrite>,
    Json(body): Json<Fields>,
) -> Result<Json<EndpointSecret>> {
    Ok(Json(service::create(&app, &ctx, body, with_secret).await?))
}

/// One endpoint.
#[utoipa::path(get, path = "/endpoints/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = EndpointView)))]
async fn show(ctx: Ctx<EndpointRead>, Path(id): Path<Uuid>) -> Result<Json<EndpointView>> {
    let counts = store::delivery::counts(&ctx.read()).await?;
    let row = store::endpoint::one(&ctx.read(), id).await?;
    let row = row.ok_or(Fault::from(Error::EndpointNotFound))?;
    Ok(Json(view(row, &counts)))
}

/// Changes an endpoint.
#[utoipa::path(put, path = "/endpoints/{id}", params(("id" = Uuid, Path)), request_body = SaveEndpoint, responses((status = 200, body = EndpointView)))]
async fn save(
    State(app): State<App>,
    ctx: Ctx<EndpointWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<SaveEndpoint>,
) -> Result<Json<EndpointView>> {
    let counts = store::delivery::counts(&ctx.read()).await?;
    let answer = |row| view(row, &counts);
    let saved = service::save(&app, &ctx, id, body.version, body.endpoint, answer).await?;
    Ok(Json(saved))
}

/// Makes a new secret, shown this once; the one before stays valid for a day.
#[utoipa::path(post, path = "/endpoints/{id}/rotate", params(("id" = Uuid, Path)), request_body = SeenEndpoint, responses((status = 200, body = EndpointSecret)))]
async fn rotate(
    ctx: Ctx<EndpointWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<SeenEndpoint>,
) -> Result<Json<EndpointSecret>> {
    let shown = service::rotate(&ctx, id, body.version, with_secret).await?;
    Ok(Json(shown))
}

/// Sends a test message and waits for what comes of it.
#[utoipa::path(post, path = "/endpoints/{id}/ping", params(("id" = Uuid, Path)), responses((status = 200, body = DeliveryView)))]
async fn ping(
    State(app): State<App>,
    ctx: Ctx<EndpointWrite>,
    Path(id): Path<Uuid>,
) -> Result<Json<DeliveryView>> {
    let answer = |row| DeliveryView::of(row, Vec::new());
    let row = service::ping(&app, &ctx, id, answer).await?;
    Ok(Json(DeliveryView::with_attempts(&ctx.read(), row).await?))
}

/// Sends the finished messages of a span of time again, under their ids.
#[utoipa::path(post, path = "/endpoints/{id}/replay", params(("id" = Uuid, Path)), request_body = ReplaySpan, responses((status = 200, body = Replayed)))]
async fn replay(
    ctx: Ctx<EndpointWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<ReplaySpan>,
) -> Result<Json<Replayed>> {
    let again = Again {
        endpoint: id,
        from: body.from,
        to: body.to,
        dead_only: body.dead_only,
    };
    let done = service::replay_span(&ctx, again, |messages| Replayed { messages }).await?;
    Ok(Json(done))
}
