//! The ends: built pages out of `web/dist`, read from the folder in debug builds and embedded in
//! release builds. A path without a file is answered by the index page of its end, so that links
//! into the middle of an end work.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use tb_kernel::{ErrorKind, Fault};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The ends that have an index page of their own; everything else belongs to the portal.
const ENDS: [&str; 6] = ["m", "kiosk", "hall", "desk", "admin", "board"];

/// The routes of the ends.
pub fn site() -> Router {
    Router::new()
        .route("/", get(page))
        .route("/{*path}", get(page))
}

async fn page(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.starts_with("api/") || path.starts_with("internal/") {
        return Problem(Fault::new(ErrorKind::NotFound, "http.not_found")).into_response();
    }
    if let Some(file) = Dist::get(path).filter(|_| !path.is_empty()) {
        return answer(path, file, request.headers());
    }
    let end = path.split('/').next().unwrap_or_default();
    let is_asset = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
        || path.starts_with("assets/");
    if is_asset {
        return Problem(Fault::new(ErrorKind::NotFound, "http.not_found")).into_response();
    }
    let index = if ENDS.contains(&end) {
        format!("{end}/index.html")
    } else {
        "index.html".to_owned()
    };
    match Dist::get(&index) {
        Some(file) => answer(&index, file, request.headers()),
        None => (
            StatusCode::NOT_FOUND,
            Html(include_str!("../pages/not_built.html")),
        )
            .into_response(),
    }
}

fn answer(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = Response::new(Body::from(file.data));
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    // Names under assets/ carry a hash of their content; pages must be asked for anew.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let values = [
        (header::CONTENT_TYPE, kind.as_ref()),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, &tag),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
