//! The two roles.

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tb_contract::ports::{PortResult, SessionActor, Sessions};
use tb_gateway::{Client, forward_routes};
use tb_http::{Authentication, Edge, EdgeConfig, Limiter, Problem, Texts, serve_router};
use tb_kernel::{AccountId, Actor, KioskRef};
use tb_testkit::TestApp;
use tower::ServiceExt;

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

    fn forget(&self, _: AccountId) {}
}

pub struct Roles {
    pub web: Edge,
    router: Router,
    _app: TestApp,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Roles {
    pub async fn new() -> Self {
        let app = TestApp::new(Vec::new(), |_, _| Vec::new()).await;
        let config = EdgeConfig {
            public_url: "http://localhost".to_owned(),
            timeout_seconds: 5,
            // Far more than the tests ask from one address; all together ask more.
            requests_per_second: 5,
            behind_proxy: false,
        };
        let edge = |authentication| {
            let texts = Texts::new(&[]).unwrap();
            Edge::new(config.clone(), app.store().clone(), authentication, texts)
        };
        let behind = edge(Authentication::Tokens);
        let base = serve(serve_router(&behind, other(&behind), Router::new())).await;
        let web = edge(Authentication::Sessions(Arc::new(AnyCookie)));
        let client = Client::new(web.service_key().clone()).unwrap();
        let forwarded = forward_routes(&web, &client, "other", &base);
        let router = serve_router(&web, forwarded, Router::new());
        Self {
            web,
            router,
            _app: app,
        }
    }

    /// Sends a request from a network address; its answer may still be on its way.
    pub async fn begin(&self, address: &str, request: Request) -> Response {
        begin(self.router.clone(), address, request).await
    }

    /// Sends a request from a network address.
    pub async fn send(&self, address: &str, request: Request) -> Answer {
        Self::through(self.router.clone(), address, request).await
    }

    /// The same, through another router.
    pub async fn through(router: Router, address: &str, request: Request) -> Answer {
        let (parts, body) = begin(router, address, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
        }
    }
}

async fn begin(router: Router, address: &str, mut request: Request) -> Response {
    let peer: SocketAddr = format!("{address}:4711").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await.unwrap()
}

/// The role behind: says whom it sees, and limits one of its routes per address as domains do.
fn other(edge: &Edge) -> Router {
    let limit = Limiter::within(3, std::time::Duration::from_mins(1));
    let live = edge.live().clone();
    let limited = move |request: Request| {
        let limit = limit.clone();
        async move {
            let caller = tb_http::caller(request.extensions()).unwrap();
            limit.check(&caller.address).map_err(Problem)?;
            tb_http::Result::<_>::Ok("passed")
        }
    };
    Router::new()
        .route("/api/v1/other/whoami", any(whoami))
        .route("/api/v1/other/limited", get(limited))
        .route("/api/v1/other/length", any(length))
        .route(
            "/api/v1/other/live",
            get(async move || live.stream(Actor::system())),
        )
}

async fn whoami(request: Request) -> impl IntoResponse {
    let caller = tb_http::caller(request.extensions()).unwrap();
    let names = request.headers().keys().map(axum::http::HeaderName::as_str);
    axum::Json(json!({
        "kind": caller.actor.kind, "address": caller.address,
        "request_id": caller.request_id, "headers": names.collect::<Vec<_>>(),
    }))
}

async fn length(body: Bytes) -> String {
    body.len().to_string()
}

/// Serves on a socket of its own.
pub async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(axum::serve(listener, service).into_future());
    format!("http://{address}")
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    request.body(Body::empty()).unwrap()
}
