//! An edge with a few routes, as the `web` role or as one behind it.

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest};
use axum::http::{HeaderMap, Request};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tb_contract::ports::{PortResult, SessionActor, Sessions};
use tb_http::{Authentication, Caller, Edge, EdgeConfig, Texts, serve_router};
use tb_kernel::{AccountId, Actor, KioskRef, Locale, RequestId};
use tb_storage::{IdempotencyKey, Origin};
use tb_testkit::TestApp;
use tower::ServiceExt;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// Everybody who shows a cookie is the platform itself.
struct AnyCookie;

#[async_trait]
impl Sessions for AnyCookie {
    async fn authenticate(
        &self,
        _: &str,
        _: Option<&KioskRef>,
        _: bool,
    ) -> PortResult<Option<SessionActor>> {
        Ok(Some(SessionActor {
            actor: Actor::system(),
            expires_at: DateTime::<Utc>::MAX_UTC,
        }))
    }

    /// A kiosk shows its id.
    fn known_kiosk(&self, token: &str) -> Option<Uuid> {
        token.parse().ok()
    }

    fn forget(&self, _: AccountId) {}
}

pub struct Edges {
    app: TestApp,
    pub config: EdgeConfig,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Edges {
    pub async fn new() -> Self {
        Self {
            app: TestApp::new(Vec::new(), |_, _| Vec::new()).await,
            config: EdgeConfig {
                public_url: "http://localhost".to_owned(),
                timeout_seconds: 1,
                requests_per_second: 0,
                behind_proxy: false,
            },
        }
    }

    /// The edge that browsers reach.
    pub fn facing(&self) -> (Edge, Router) {
        self.edge(Authentication::Sessions(Arc::new(AnyCookie)))
    }

    /// The edge of a role behind it.
    pub fn behind(&self) -> (Edge, Router) {
        self.edge(Authentication::Tokens)
    }

    fn edge(&self, authentication: Authentication) -> (Edge, Router) {
        let store = self.app.store().clone();
        let texts = Texts::new(&[]).unwrap();
        let edge = Edge::new(self.config.clone(), store, authentication, texts);
        let file = tb_http::takes_files(1 << 20, std::time::Duration::ZERO, routes!(take));
        let (files, _) = OpenApiRouter::<()>::new().routes(file).split_for_parts();
        let live = edge.live().clone();
        let public = Router::new()
            .route("/api/v1/test/whoami", any(whoami))
            .route("/api/v1/test/read", any(read))
            .route("/api/v1/test/sleep", any(std::future::pending::<()>))
            .route("/api/v1/test/keep", post(keep))
            .route(
                "/api/v1/test/live",
                get(async move || live.stream(Actor::system())),
            )
            .merge(files);
        let internal = Router::new().route("/internal/v1/test/whoami", get(whoami));
        let router = serve_router(&edge, public, internal);
        (edge, router)
    }
}

/// Who the edge says is calling.
async fn whoami(request: Request<Body>) -> impl IntoResponse {
    let caller = tb_http::caller(request.extensions()).unwrap();
    axum::Json(json!({
        "kind": caller.actor.kind, "address": caller.address, "stale": caller.stale,
        "request_id": caller.request_id, "current": tb_http::current_request(),
    }))
}

/// Length of a body.
async fn read(body: Bytes) -> String {
    body.len().to_string()
}

/// Changes something once under its key, and answers with a new id.
async fn keep(
    Extension(edge): Extension<Edge>,
    key: Option<Extension<IdempotencyKey>>,
) -> tb_http::Result<tb_http::Json<Uuid>> {
    let id = edge.store().new_id();
    let origin = Origin {
        idempotency: key.map(|Extension(key)| key),
        ..Origin::system("test", RequestId(id))
    };
    edge.store().begin(origin).await?.commit(&id).await?;
    Ok(tb_http::Json(id))
}

/// The same on a route for files.
#[utoipa::path(post, path = "/api/v1/test/take")]
async fn take(request: Request<Body>) -> String {
    match Bytes::from_request(request, &()).await {
        Ok(body) => body.len().to_string(),
        Err(refused) => refused.body_text(),
    }
}

/// A caller as `web` hands him on.
pub fn caller(address: &str) -> Caller {
    Caller {
        actor: Actor::system(),
        stale: false,
        locale: Locale::Chinese,
        request_id: RequestId(Uuid::from_u128(42)),
        address: address.to_owned(),
    }
}

/// A request from a network address.
pub fn from(address: &str, method: &str, path: &str) -> Request<Body> {
    let peer: SocketAddr = format!("{address}:4711").parse().unwrap();
    let builder = Request::builder().method(method).uri(path);
    builder
        .extension(ConnectInfo(peer))
        .body(Body::empty())
        .unwrap()
}

pub fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
    }
}
