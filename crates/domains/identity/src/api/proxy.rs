//! `/proxies`: who may act for a citizen (委托授权), and for whom he may.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::ProxyKeep;
use tb_http::{Ctx, Json, Path, ProblemBody, Query, guard};
use tb_kernel::{AccountId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::proxy::ProxyStage;
use crate::service::proxy;

/// Which side of an authorisation the caller is on.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProxySide {
    /// What he has given.
    Given,
    /// What he was offered or has taken on.
    Held,
}

/// Which authorisations to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProxyQuery {
    /// `given`: by the caller; `held`: offered to him or taken on.
    #[param(inline)]
    pub side: ProxySide,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// The other of the two.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProxyPerson {
    /// Account of the principal, for the proxy to act for; of a proxy none is told.
    pub account_id: Option<AccountId>,
    /// Full name.
    pub name: String,
    /// Citizen id, masked.
    pub id_number: String,
}

/// An authorisation.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProxyView {
    /// Id.
    pub id: Uuid,
    /// Whether the caller has given it.
    pub given: bool,
    /// The other of the two.
    pub person: ProxyPerson,
    /// Codes of the matters; empty: all.
    pub items: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// How it stands today.
    pub stage: ProxyStage,
    /// Whether the proxy has ended or declined it.
    pub ended_by_proxy: bool,
    /// Offered.
    pub created_at: DateTime<Utc>,
    /// Taken on.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Version, to be sent back with a change.
    pub version: i64,
}

/// An authorisation to be given. Nobody is looked up: it waits for whoever bears this name and number.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewProxy {
    /// Full name of the proxy.
    pub name: String,
    /// His citizen id.
    pub id_number: String,
    /// Codes of the matters; empty: all.
    #[serde(default)]
    pub items: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; a year at most.
    pub until: NaiveDate,
}

/// An authorisation as the caller has seen it.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ProxySeen {
    /// Its version.
    pub version: i64,
}

/// Authorisations of the caller, the newest first.
#[utoipa::path(get, path = "/proxies", params(ProxyQuery), responses((status = 200, body = Page<ProxyView>)))]
async fn list_proxies(
    ctx: Ctx<ProxyKeep>,
    Query(query): Query<ProxyQuery>,
) -> tb_http::Result<Json<Page<ProxyView>>> {
    Ok(Json(proxy::list(&ctx, query).await?))
}

/// Authorises somebody. The answer is the same whether he has an account or not.
#[utoipa::path(post, path = "/proxies", request_body = NewProxy, responses(
    (status = 200, body = ProxyView),
    (status = 422, body = ProblemBody, description = "`identity.invalid_proxy`, with the fields"),
    (status = 429, body = ProblemBody, description = "`identity.proxies_too_many`"),
))]
async fn offer_proxy(
    ctx: Ctx<ProxyKeep>,
    Json(body): Json<NewProxy>,
) -> tb_http::Result<Json<ProxyView>> {
    Ok(Json(proxy::offer(&ctx, body).await?))
}

/// Takes on what was offered to the caller.
#[utoipa::path(post, path = "/proxies/{id}/accept", params(("id" = Uuid, Path)), request_body = ProxySeen, responses(
    (status = 200, body = ProxyView),
    (status = 409, body = ProblemBody, description = "`identity.proxy_over`, `identity.proxy_moved`"),
))]
async fn accept_proxy(
    State(app): State<App>,
    ctx: Ctx<ProxyKeep>,
    Path(id): Path<Uuid>,
    Json(body): Json<ProxySeen>,
) -> tb_http::Result<Json<ProxyView>> {
    Ok(Json(proxy::accept(&app, &ctx, id, body.version).await?))
}

/// Ends one at once, or declines it. Either side may.
#[utoipa::path(post, path = "/proxies/{id}/end", params(("id" = Uuid, Path)), request_body = ProxySeen, responses(
    (status = 200, body = ProxyView),
    (status = 409, body = ProblemBody, description = "`identity.proxy_over`, `identity.proxy_moved`"),
))]
async fn end_proxy(
    State(app): State<App>,
    ctx: Ctx<ProxyKeep>,
    Path(id): Path<Uuid>,
    Json(body): Json<ProxySeen>,
) -> tb_http::Result<Json<ProxyView>> {
    Ok(Json(proxy::end(&app, &ctx, id, body.version).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<ProxyKeep, _>(routes!(list_proxies)))
        .routes(guard::<ProxyKeep, _>(routes!(offer_proxy)))
        .routes(guard::<ProxyKeep, _>(routes!(accept_proxy)))
        .routes(guard::<ProxyKeep, _>(routes!(end_proxy)))
}
