//! The ends: built pages out of `web/dist`, read from the folder in debug builds and embedded in
//! release builds. A path without a file is answered by the index page of its end, so that links
//! into the middle of an end work.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use parking_lot::RwLock;
use rust_embed::{EmbeddedFile, RustEmbed};
use tb_kernel::{ErrorKind, Fault};

use crate::kept_answer::KeptAnswer;
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
        .with_state(Kept::default())
}

async fn page(State(kept): State<Kept>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.starts_with("api/") || path.starts_with("internal/") {
        return Problem(Fault::new(ErrorKind::NotFound, "http.not_found")).into_response();
    }
    if let Some(file) = Dist::get(path).filter(|_| !path.is_empty()) {
        return answer(&kept, path, file, request.headers());
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
        Some(file) => answer(&kept, &index, file, request.headers()),
        None => (
            StatusCode::NOT_FOUND,
            Html(include_str!("../pages/not_built.html")),
        )
            .into_response(),
    }
}

/// The files asked for so far, by path and hash: in debug builds a file changes under its path.
type Kept = Arc<RwLock<HashMap<(String, [u8; 32]), Arc<KeptAnswer>>>>;

fn answer(kept: &Kept, path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let key = (path.to_owned(), file.metadata.sha256_hash());
    let known = kept.read().get(&key).cloned();
    let found = known.unwrap_or_else(|| {
        let found = Arc::new(keep(path, file));
        kept.write().insert(key, found.clone());
        found
    });
    found.answer(headers)
}

fn keep(path: &str, file: EmbeddedFile) -> KeptAnswer {
    // Names under assets/ carry a hash of their content; pages must be asked for anew.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let tag = format!("W/\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    let bytes = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    KeptAnswer::new(value(kind.as_ref()), value(cache), value(&tag), bytes)
}
