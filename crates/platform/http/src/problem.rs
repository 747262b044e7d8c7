//! Errors at the edge: RFC 9457 problem+json with a stable code and a text in the caller's
//! language. A handler's error leaves as a bare status that carries the fault; [`render`] writes
//! the body, where language and request id are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tb_kernel::{ErrorKind, Fault, FieldFault, Locale, RequestId};
use tb_storage::{StorageError, StoredAnswer};

use crate::texts::Texts;

/// An error on its way out of a handler.
#[derive(Debug)]
pub struct Problem(pub Fault);

impl<E: Into<Fault>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The body of a problem.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// `urn:tongban:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The text in short.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// The text.
    pub detail: String,
    /// Stable code.
    pub code: String,
    /// Arguments of the text: who and when of a conflict, the permission that is missing.
    pub args: BTreeMap<String, String>,
    /// Faults of single fields.
    pub fields: Vec<FieldFault>,
    /// What to tell the staff.
    pub request_id: String,
}

/// The status of a kind of error.
pub(crate) fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::Limited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Some(answer) = stored_answer(&self.0) {
            return answer;
        }
        let mut response = status(self.0.kind).into_response();
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

/// A fault that is really the answer given before to the same request.
fn stored_answer(fault: &Fault) -> Option<Response> {
    match fault.cause.as_ref()?.downcast_ref::<StorageError>()? {
        StorageError::Answered(answer) => Some(replay(answer.clone())),
        _ => None,
    }
}

/// The response of an answer given before.
pub(crate) fn replay(answer: StoredAnswer) -> Response {
    match answer {
        StoredAnswer::Same(json) => {
            let mut response = Response::new(Body::from(json));
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            );
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
            response
        }
        StoredAnswer::Other => {
            Problem(Fault::new(ErrorKind::Invalid, "http.idempotency_mismatch")).into_response()
        }
    }
}

/// Writes the body of a response that carries a fault; logs our own faults once.
pub(crate) fn render(
    response: Response,
    texts: &Texts,
    locale: Locale,
    request_id: RequestId,
) -> Response {
    let Some(fault) = response.extensions().get::<Arc<Fault>>().cloned() else {
        return response;
    };
    if fault.kind == ErrorKind::Internal {
        tracing::error!(request_id = %request_id, code = fault.code, cause = ?fault.cause, "request failed");
    }
    let text = texts.text(locale, fault.code, &fault.args);
    let body = ProblemBody {
        kind: format!("urn:tongban:problem:{}", fault.code),
        title: text.clone(),
        status: response.status().as_u16(),
        detail: text,
        code: fault.code.to_owned(),
        args: fault.args.clone(),
        fields: fault
            .fields
            .iter()
            .map(|field| texts.fill(locale, field.clone()))
            .collect(),
        request_id: request_id.to_string(),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    if let Some(seconds) = fault
        .args
        .get("seconds")
        .and_then(|s| HeaderValue::from_str(s).ok())
    {
        parts.headers.insert(header::RETRY_AFTER, seconds);
    }
    Response::from_parts(
        parts,
        Body::from(serde_json::to_vec(&body).unwrap_or_default()),
    )
}
