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
    /// When that was entered.
    pub told_at: DateTime<Utc>,
    /// On what day they were told.
    pub told_on: NaiveDate,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// Whether that day is over and nobody wants one.
    pub unasked: bool,
    /// Who asked and has not taken it back.
    pub asked: Vec<HearingAsking>,
    /// Last day for holding it.
    pub hold_by: Option<NaiveDate>,
    /// When, where, before whom.
    pub session: Option<HearingSession>,
    /// When it was held or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// What the record says, or why it was given up; masked but in clear.
    pub record: Option<String>,
    /// The signed record: `GET /cases/{id}/hearing/files/{file_id}`.
    pub files: Vec<FileView>,
}

/// Somebody's request for a hearing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HearingAsking {
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// On what day it was made.
    pub on: NaiveDate,
    /// His place among the interested persons; none: the applicant.
    pub person: Option<usize>,
    /// Why; masked but in clear.
    pub grounds: String,
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
