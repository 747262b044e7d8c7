//! Extractors whose refusals are problems: JSON bodies (bounded in size and depth), queries, paths.

use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tb_kernel::{ErrorKind, Fault};

use crate::problem::Problem;

/// The largest JSON body.
pub const MAX_JSON: usize = 1024 * 1024;
const MAX_DEPTH: usize = 32;

/// A JSON body, in or out.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_json(request.headers())?;
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| unread(&rejection))?;
        if depth(&bytes) > MAX_DEPTH {
            return Err(Problem(
                Fault::new(ErrorKind::Invalid, "http.too_deep").arg("max", MAX_DEPTH),
            ));
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| malformed(&error.to_string()))
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("application/json");
    let essence = given
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    if essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
    {
        return Ok(());
    }
    let fault = Fault::new(ErrorKind::Invalid, "http.unsupported_media_type")
        .arg("expected", "application/json");
    Err(Problem(fault))
}

/// The problem of a body that could not be read.
pub(crate) fn unread(rejection: &BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => malformed(&rejection.body_text()),
    }
}

/// The problem of a JSON body over its bound.
pub(crate) fn too_large() -> Problem {
    Problem(Fault::new(ErrorKind::TooLarge, "http.too_large").arg("max", "1 MiB"))
}

fn malformed(reason: &str) -> Problem {
    Problem(Fault::new(ErrorKind::Invalid, "http.malformed").arg("reason", reason))
}

/// Depth of nesting, by counting brackets outside strings: the parser is only run on what is
/// within the bound.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        match (in_string, escaped, byte) {
            (true, true, _) => escaped = false,
            (true, false, b'\\') => escaped = true,
            (_, false, b'"') => in_string = !in_string,
            (false, _, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, _, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|error| malformed(&error.body_text()))
    }
}

/// Parts of the path. A part that does not parse names nothing: not found.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Problem(Fault::new(ErrorKind::NotFound, "http.not_found")))
    }
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn depth_counts_brackets_outside_strings() {
        assert_eq!(depth(br#"{"a":[1,{"b":"}]\"{["}]}"#), 3);
        assert_eq!(depth(b"1"), 0);
        assert_eq!(depth(&b"[".repeat(100_000)), 100_000);
    }
}
