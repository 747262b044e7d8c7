//! The desk's list.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_calendar::Light;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::label::LabelView;
use crate::model::state::State;

/// A row of the desk's list.
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseRow {
    /// Id.
    pub id: Uuid,
    /// Case number.
    pub number: String,
    /// Name of the item.
    pub item_name: String,
    /// Applicant, masked where he is a person.
    pub applicant: String,
    /// State.
    pub state: State,
    /// Light; `null` once no clock runs towards a decision.
    #[schema(value_type = Option<String>, example = "green")]
    pub light: Option<Light>,
    /// Whether the step is overdue, even while the case is on time.
    pub step_overdue: bool,
    /// Whether a special procedure lasts longer than planned.
    pub procedure_overdue: bool,
    /// Which clock `due` belongs to: `acceptance`, `applicant`, `promised`, `legal`, `delivery`,
    /// `procedure`.
    pub due_kind: Option<String>,
    /// The date that matters now.
    pub due: Option<NaiveDate>,
    /// Working days left up to it; 0 on the day itself, negative behind it.
    pub remaining_working_days: Option<i32>,
    /// Whether a date is uncertain, and how.
    pub alarm: Option<String>,
    /// Step under way.
    pub step: Option<String>,
    /// Who handled it last.
    pub handler: Option<String>,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// Channel.
    pub channel: String,
    /// Whether a withdrawal waits for its answer.
    pub withdrawal_pending: bool,
    /// Result.
    pub result: Option<String>,
    /// Name of the joint matter that it is part of.
    pub joint: Option<String>,
    /// Whether an order of supervision waits for its reply.
    pub supervised: bool,
    /// Since when a letter of the applicant waits for an answer.
    pub letter_since: Option<DateTime<Utc>>,
    /// What its fee waits for, or how it ended.
    pub fee_stage: Option<String>,
    /// Labels of its department.
    pub labels: Vec<LabelView>,
}

/// Counts for the left column.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseCounts {
    /// By state; states without a case are left out.
    pub states: BTreeMap<String, i64>,
    /// Open cases by light; every light is there.
    pub lights: BTreeMap<String, i64>,
    /// Open cases that the caller handled last.
    pub mine: i64,
    /// Withdrawals to answer.
    pub withdrawals: i64,
    /// Open cases under an order of supervision.
    pub supervised: i64,
    /// Cases with a note that names the caller and that he has not seen.
    pub mentions: u64,
    /// Cases with a letter of the applicant that waits for an answer.
    pub letters: i64,
    /// Opinions that other departments wait for.
    pub opinions: i64,
    /// Cases by what their fees wait for: `unpaid`, `request` (asked about, or to be fixed), `refund`,
    /// `lapsed`.
    pub fees: BTreeMap<String, i64>,
}
