//! The outermost layer of the edge, once per request: request id, language, caller, limits, CSRF,
//! time-out, idempotency, problems, headers, log line and metrics.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tb_kernel::{ErrorKind, Fault, Locale, RequestId};
use tracing::Instrument;

use crate::caller::{Caller, REQUEST_ID, Sender};
use crate::edge::Edge;
use crate::patience::Patience;
use crate::problem::{Problem, render};
use crate::{csrf, headers, idempotent};

tokio::task_local! {
    static CURRENT: RequestId;
}

/// The request that the present task answers; none in a job or a consumer.
pub fn current_request() -> Option<RequestId> {
    CURRENT.try_with(|id| *id).ok()
}

/// Runs a request through the edge.
pub(crate) async fn edge_layer(
    State(edge): State<Edge>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let sender = Sender::of(&edge, request.headers());
    let request_id = sender
        .request_id()
        .unwrap_or_else(|| RequestId::new(edge.store().clock().now(), edge.store().entropy()));
    let locale = locale(request.headers());
    let method = method(request.method());
    let trace = trace(request.headers()).unwrap_or_default().to_owned();
    let path = request.uri().path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |p| p.as_str().to_owned());
    let patience = Patience::new(Duration::from_secs(edge.config().timeout_seconds));
    request.extensions_mut().insert(edge.clone());
    request.extensions_mut().insert(patience.clone());
    let answering = pass(&edge, request, next, sender, locale, request_id);
    let answering = CURRENT
        .scope(request_id, answering)
        .instrument(tracing::info_span!("request", id = %request_id, trace));
    let response = tokio::select! {
        response = answering => response,
        () = patience.spent() => {
            Problem(Fault::new(ErrorKind::Unavailable, "http.timeout")).into_response()
        }
    };
    let mut response = render(response, edge.texts(), locale, request_id);
    let api = is_api(&path);
    headers::secure(response.headers_mut(), edge.is_secure(), api);
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    let labels = [
        ("method", method.to_owned()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", "route" => route.clone()).record(seconds);
    // The route's pattern, never the path: a path may hold a number that names a person.
    if api {
        // Rounded: by chance a long row of digits looks like the number of a person.
        let ms = (seconds * 100_000.0).round() / 100.0;
        tracing::info!(%request_id, trace, method, route, status, ms, "request");
    }
    response
}

async fn pass(
    edge: &Edge,
    mut request: Request,
    next: Next,
    sender: Sender,
    locale: Locale,
    request_id: RequestId,
) -> Response {
    let address = sender.address(edge, &request);
    // Files of the pages are not counted: one page is some dozens of them, and a service hall with
    // many terminals may share one address.
    if sender.is_limited(edge)
        && is_api(request.uri().path())
        && let Err(fault) = edge.limiter().check(
            Sender::known_kiosk(edge, request.headers())
                .as_deref()
                .unwrap_or(&address),
        )
    {
        return Problem(fault).into_response();
    }
    if !csrf::allows(
        request.method(),
        request.headers(),
        &edge.config().public_url,
    ) {
        return Problem(Fault::new(ErrorKind::Forbidden, "http.cross_site")).into_response();
    }
    let (actor, stale) = match sender.actor(edge, request.headers()).await {
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

/// Whether a path is answered by code; all others are files of the pages.
fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/internal/")
}

fn locale(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.map_or_else(Locale::default, Locale::from_accept_language)
}

/// A method as metrics and log name it: what a client invents must not become a label of its own.
fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("other")
}

/// The `traceparent` of W3C Trace Context, if the request carries one that is well formed.
fn trace(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let lengths = value.split('-').map(str::len);
    let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f' | '-');
    (lengths.eq([2, 32, 16, 2]) && value.chars().all(is_hex)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{method, trace};
    use axum::http::{HeaderMap, HeaderValue, Method};

    #[test]
    fn an_invented_method_has_no_label_of_its_own() {
        assert_eq!(method(&Method::GET), "GET");
        assert_eq!(method(&Method::from_bytes(b"BREW42").unwrap()), "other");
        assert_eq!(method(&Method::CONNECT), "other");
    }

    #[test]
    fn only_a_well_formed_trace_is_logged() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("traceparent", HeaderValue::from_static(value));
            trace(&headers).map(str::to_owned)
        };
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(of(good).as_deref(), Some(good));
        assert_eq!(of("00-430102199307169986-00f067aa0ba902b7-01"), None);
        assert_eq!(of("Zhang San"), None);
    }
}
