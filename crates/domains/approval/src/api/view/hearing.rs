//! The hearing of a case.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::FileView;
use crate::model::hearing::{HearingStage, Interested};

/// The last hearing that interested persons were told of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HearingView {
    /// How far it has come.
    pub stage: HearingStage,
    /// What is at stake.
    pub matter: String,
    /// Who was told beside the applicant; masked but in clear.
    pub persons: Vec<Interested>,
    /// When.
    pub told_at: DateTime<Utc>,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// Whether that day is over without anybody having asked.
    pub unasked: bool,
    /// When it was asked for.
    pub asked_at: Option<DateTime<Utc>>,
    /// By whom, where it was an interested person; else the applicant asked.
    pub asked_by: Option<String>,
    /// Why.
    pub grounds: Option<String>,
    /// Last day for holding it.
    pub hold_by: Option<NaiveDate>,
    /// When, where, before whom.
    pub session: Option<HearingSession>,
    /// When it was held or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// What the record says, or why it was given up.
    pub record: Option<String>,
    /// The signed record: `GET /cases/{id}/hearing/files/{file_id}`.
    pub files: Vec<FileView>,
}

/// When and where it is held.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HearingSession {
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// Who presides.
    pub presider: String,
}
