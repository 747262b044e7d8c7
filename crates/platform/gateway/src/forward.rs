//! Forwarding: the browser talks to `web` only; requests for another role's domain go on to it
//! with the actor in a token. Bodies stream both ways.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tb_http::{Edge, Problem, as_it_comes};
use tb_kernel::{ErrorKind, Fault};

use crate::client::Client;
use crate::headers;

#[derive(Clone)]
struct Forward {
    edge: Edge,
    client: Client,
    base: String,
}

/// Routes that forward `/api/v1/<domain>` to the role at `base`.
pub fn forward_routes(edge: &Edge, client: &Client, domain: &str, base: &str) -> Router {
    let state = Forward {
        edge: edge.clone(),
        client: client.clone(),
        base: base.trim_end_matches('/').to_owned(),
    };
    Router::new()
        .route(&format!("/api/v1/{domain}/{{*rest}}"), any(forward))
        // What is in a body, and how long it may take, the other role knows.
        .layer(middleware::from_fn(as_it_comes))
        .with_state(state)
}

async fn forward(State(to): State<Forward>, request: Request) -> Response {
    match send(&to, request).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn send(to: &Forward, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = tb_http::caller(&parts.extensions)
        .ok_or_else(|| Fault::internal("forwarding outside the edge"))?;
    let now = to.edge.store().clock().now();
    let token = to
        .edge
        .tokens()
        .sign(caller, now)
        .map_err(Fault::internal)?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let sent = to
        .client
        .http()
        .request(parts.method, format!("{}{path}", to.base))
        .headers(headers::onward(&parts.headers))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(reqwest::Body::wrap_stream(body.into_data_stream()))
        .send()
        .await;
    let answer =
        sent.map_err(|error| Fault::new(ErrorKind::Unavailable, "http.busy").because(error))?;
    let mut response = Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        *headers = headers::back(answer.headers());
    }
    let is_live = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let body = if is_live {
        // The other role may go on; this one ends its streams when it stops.
        Body::from_stream(to.edge.live().until_end(answer.bytes_stream()))
    } else {
        Body::from_stream(answer.bytes_stream())
    };
    Ok(response.body(body).map_err(Fault::internal)?)
}
