//! What lies beside the straight way of a case: originals to be shown, a proposal to make it void.

use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// An original that the applicant has to show.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OriginalView {
    /// Requirement.
    pub requirement_id: String,
    /// Its name.
    pub name: String,
}

/// A material that follows later.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeferredView {
    /// Its name.
    pub name: String,
    /// Last day for it.
    pub by: NaiveDate,
}

/// A proposal to make the case void.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VoidView {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}
