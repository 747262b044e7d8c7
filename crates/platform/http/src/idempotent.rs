//! Repeats of a request: with an `Idempotency-Key`, a POST of somebody who is signed in is answered
//! once. The answer is stored by the transaction itself; here a repeat is recognised.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::IdempotencyKey;

use crate::caller::Caller;
use crate::edge::Edge;
use crate::extract::{MAX_JSON, too_large};
use crate::problem::{Problem, replay};

/// Recognises a repeat, or hands the key to the context.
pub(crate) async fn idempotent(
    edge: &Edge,
    caller: &Caller,
    request: Request,
    next: Next,
) -> Response {
    let header = request.headers().get("idempotency-key").cloned();
    let (Some(key), false, &Method::POST) = (header, caller.actor.is_anonymous(), request.method())
    else {
        return next.run(request).await;
    };
    let key = match key.to_str() {
        Ok(key) if (8..=128).contains(&key.len()) => key.to_owned(),
        _ => {
            return Problem(Fault::new(ErrorKind::Invalid, "http.idempotency_key")).into_response();
        }
    };
    let (fingerprint, mut request) = match fingerprint(request).await {
        Ok(taken) => taken,
        Err(problem) => return problem.into_response(),
    };
    let key = IdempotencyKey::new(caller.actor.id.0, &key, fingerprint);
    match edge.store().answered(&key).await {
        Ok(Some(answer)) => return replay(answer),
        Ok(None) => {}
        Err(error) => return Problem::from(error).into_response(),
    }
    request.extensions_mut().insert(key);
    next.run(request).await
}

/// Hash of what is asked: method, path with query, and body, each ended so that they cannot run
/// together. A file's content is not read here: its length stands for it.
async fn fingerprint(request: Request) -> Result<(Vec<u8>, Request), Problem> {
    let mut hash = Sha256::new();
    let target = request.uri().path_and_query();
    for part in [
        request.method().as_str(),
        target.map_or("", |target| target.as_str()),
    ] {
        hash.update(part);
        hash.update([0]);
    }
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    if content_type.starts_with("multipart/") {
        hash.update(
            request
                .headers()
                .get(header::CONTENT_LENGTH)
                .map_or(&b""[..], |value| value.as_bytes()),
        );
        return Ok((hash.finalize().to_vec(), request));
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, MAX_JSON)
        .await
        .map_err(|_| too_large())?;
    hash.update(&bytes);
    Ok((
        hash.finalize().to_vec(),
        Request::from_parts(parts, Body::from(bytes)),
    ))
}
