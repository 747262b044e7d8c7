//! The outermost layer of the edge, once per request: request id, language, caller, limits, CSRF,
//! time-out, idempotency, problems, headers, log line and metrics.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tb_kernel::{Actor, ErrorKind, Fault, Locale, RequestId};

use crate::authenticate::authenticate;
use crate::edge::Edge;
use crate::problem::{Problem, render};
use crate::{csrf, headers, idempotent};

/// Who calls, and how he wants to be answered.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// A session or token was shown but is no longer valid.
    pub stale: bool,
    /// Language of the answer.
    pub locale: Locale,
    /// Id of the request.
    pub request_id: RequestId,
    /// Network address.
    pub address: String,
}

/// The caller that the edge has recognised, for code that forwards a request as it is.
pub fn caller(extensions: &Extensions) -> Option<&Caller> {
    extensions.get()
}

/// Runs a request through the edge.
pub(crate) async fn edge_layer(
    State(edge): State<Edge>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let request_id = RequestId::new(edge.store().clock().now(), edge.store().entropy());
    let locale = locale(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |p| p.as_str().to_owned());
    request.extensions_mut().insert(edge.clone());
    let unhurried = is_unhurried(request.headers());
    let inner = pass(&edge, request, next, locale, request_id);
    let response = if unhurried {
        inner.await
    } else {
        let limit = Duration::from_secs(edge.config().timeout_seconds);
        tokio::time::timeout(limit, inner)
            .await
            .unwrap_or_else(|_| {
                Problem(Fault::new(ErrorKind::Unavailable, "http.timeout")).into_response()
            })
    };
    let mut response = render(response, edge.texts(), locale, request_id);
    let api = path.starts_with("/api/") || path.starts_with("/internal/");
    headers::secure(response.headers_mut(), edge.is_secure(), api);
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    let labels = [
        ("method", method.to_string()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", "route" => route.clone()).record(seconds);
    // The route's pattern, never the path: a path may hold a number that names a person.
    if api {
        tracing::info!(%request_id, %method, route, status, ms = seconds * 1000.0, "request");
    }
    response
}

async fn pass(
    edge: &Edge,
    mut request: Request,
    next: Next,
    locale: Locale,
    request_id: RequestId,
) -> Response {
    let address = address(&request, edge.config().behind_proxy);
    if let Err(fault) = edge.limiter().check(&address) {
        return Problem(fault).into_response();
    }
    if !csrf::allows(
        request.method(),
        request.headers(),
        &edge.config().public_url,
    ) {
        return Problem(Fault::new(ErrorKind::Forbidden, "http.cross_site")).into_response();
    }
    let (actor, stale) = match authenticate(edge, request.headers()).await {
        Ok(found) => found,
        Err(fault) => return Problem(fault).into_response(),
    };
    let caller = Caller {
        actor,
        stale,
        locale,
        request_id,
        address,
    };
    request.extensions_mut().insert(caller.clone());
    idempotent::idempotent(edge, &caller, request, next).await
}

/// Live streams and uploads take as long as they take; their own bounds hold them.
fn is_unhurried(headers: &HeaderMap) -> bool {
    let starts = |name, with: &str| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .is_some_and(|v| v.starts_with(with))
    };
    starts(header::ACCEPT, "text/event-stream")
        || starts(header::CONTENT_TYPE, "multipart/form-data")
}

fn locale(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.map_or_else(Locale::default, Locale::from_accept_language)
}

fn address(request: &Request, behind_proxy: bool) -> String {
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    match forwarded.and_then(|list| list.rsplit(',').next()) {
        Some(last) if behind_proxy => last.trim().to_owned(),
        _ => request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(
                || "local".to_owned(),
                |ConnectInfo(address)| address.ip().to_string(),
            ),
    }
}
