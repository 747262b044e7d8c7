//! The limit of a cached read: an axum route that returns the same bytes with the same headers.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::routing::get;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::Fallible;
use crate::wire::Answer;

/// An answer of the product, kept in a file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Kept {
    /// Everything but what the server itself adds to every answer.
    pub(crate) fn new(answer: Answer) -> Self {
        let server = ["date", "content-length", "transfer-encoding", "connection"];
        let headers = answer
            .headers
            .into_iter()
            .filter(|(name, _)| !server.contains(&name.as_str()))
            .collect();
        Self {
            headers,
            body: answer.body,
        }
    }
}

/// Serves a kept answer until killed.
pub(crate) fn serve(port: u16, answer: &Path) -> Fallible<()> {
    let kept: Kept = serde_json::from_slice(&std::fs::read(answer)?)?;
    let mut headers = HeaderMap::new();
    for (name, value) in kept.headers {
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    let body = Bytes::from(kept.body);
    let app = Router::new().route(
        "/api/v1/catalogue/items/{code}",
        get(move || {
            let (headers, body) = (headers.clone(), body.clone());
            async move { (headers, body) }
        }),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        axum::serve(listener, app).await?;
        Ok(())
    })
}
