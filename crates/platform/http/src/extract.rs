//! Extractors whose refusals are problems: JSON bodies (bounded in size and depth), queries, paths.

use std::collections::BTreeMap;

use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tb_kernel::{ErrorKind, Fault, FieldFault};

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
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| misread(&error))?;
        json.end().map_err(|error| malformed(&error.to_string()))?;
        Ok(Self(value))
    }
}

/// The problem of a body that is JSON and not what was asked for: said at the place where it is.
fn misread(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let Problem(mut fault) = malformed(&error.inner().to_string());
    let path = pointer(error.path());
    if error.inner().is_data() && !path.is_empty() {
        fault.fields.push(FieldFault {
            path,
            code: "http.field.malformed".to_owned(),
            args: BTreeMap::new(),
            message: String::new(),
        });
    }
    Problem(fault)
}

/// A path as JSON Pointer; empty for the body itself.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {
                pointer.pop();
            }
        }
    }
    pointer
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
    use serde::Deserialize;

    use super::{depth, pointer};

    #[derive(Debug, Deserialize)]
    struct Body {
        #[serde(rename = "a/b")]
        _rows: Vec<Row>,
    }

    #[derive(Debug, Deserialize)]
    struct Row {
        _n: u8,
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_place() {
        let place = |json: &str| {
            let mut json = serde_json::Deserializer::from_str(json);
            let error = serde_path_to_error::deserialize::<_, Body>(&mut json).unwrap_err();
            pointer(error.path())
        };
        assert_eq!(place(r#"{"a/b":[{"_n":1},{"_n":"x"}]}"#), "/a~1b/1/_n");
        assert_eq!(place(r#"{"a/b":1}"#), "/a~1b");
        assert_eq!(place("[]"), "");
    }

    #[test]
    fn depth_counts_brackets_outside_strings() {
        assert_eq!(depth(br#"{"a":[1,{"b":"}]\"{["}]}"#), 3);
        assert_eq!(depth(b"1"), 0);
        assert_eq!(depth(&b"[".repeat(100_000)), 100_000);
    }
}
