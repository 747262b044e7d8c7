//! Puts a router behind the edge, and guards the calls between roles.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tb_kernel::{ErrorKind, Fault};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::edge::Edge;
use crate::extract::MAX_JSON;
use crate::file_answer::may_be_compressed;
use crate::problem::Problem;
use crate::trace::edge_layer;

/// The key that roles show each other under `/internal/`.
#[derive(Clone)]
pub struct ServiceKey(String);

impl ServiceKey {
    /// A key from a secret of the installation.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(hex::encode(seed))
    }

    /// The value of the `Authorization` header.
    pub fn header(&self) -> String {
        format!("Service {}", self.0)
    }

    /// Compares in constant time.
    pub(crate) fn matches(&self, header: &str) -> bool {
        let expected = self.header();
        let differs = expected
            .bytes()
            .zip(header.bytes())
            .fold(0, |sum, (a, b)| sum | (a ^ b));
        expected.len() == header.len() && differs == 0
    }
}

/// The whole service: the public router and the internal one behind the edge.
pub fn serve_router(edge: &Edge, public: Router, internal: Router) -> Router {
    let internal = internal.layer(middleware::from_fn_with_state(edge.clone(), services_only));
    let compressible = DefaultPredicate::new().and(may_be_compressed);
    public
        .merge(internal)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_JSON))
        .layer(CompressionLayer::new().compress_when(compressible))
        .layer(middleware::from_fn_with_state(edge.clone(), edge_layer))
}

async fn services_only(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let header = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if header.is_some_and(|header| edge.service_key().matches(header)) {
        return next.run(request).await;
    }
    not_found().await.into_response()
}

async fn not_found() -> Problem {
    Problem(Fault::new(ErrorKind::NotFound, "http.not_found"))
}

async fn method_not_allowed() -> Response {
    let mut response =
        Problem(Fault::new(ErrorKind::Invalid, "http.method_not_allowed")).into_response();
    *response.status_mut() = axum::http::StatusCode::METHOD_NOT_ALLOWED;
    response
}
