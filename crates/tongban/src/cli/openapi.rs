//! `tongban openapi`: the API description, the same for every process.

use super::{Failure, Outcome, say};
use crate::wiring;

/// Runs the command.
pub fn run() -> Outcome {
    say(&openapi_json()?)
}

/// The document as JSON.
pub(crate) fn openapi_json() -> Result<String, Failure> {
    let document = tb_http::document(env!("CARGO_PKG_VERSION"), wiring::api_documents())?;
    Ok(serde_json::to_string_pretty(&document)?)
}
