//! Bodies and answers of batches.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::body::ListQuery;
use crate::model::batch::{BatchSource, BatchState, BatchWords, RowState};
use crate::model::verb::Verb;

/// Which cases.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum BatchPick {
    /// Picked one by one.
    Cases {
        /// Their ids.
        ids: Vec<Uuid>,
    },
    /// All that match a filter of the list.
    Filter(BatchFilter),
    /// By their numbers.
    List {
        /// A text or CSV file in UTF-8, UTF-16 or GBK, in Base64.
        file: String,
    },
}

/// A filter of the list.
#[expect(clippy::struct_excessive_bools, reason = "each is a filter of its own")]
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct BatchFilter {
    /// State, or several joined by commas.
    pub state: Option<String>,
    /// `green`, `yellow`, `red`, `purple` or `grey`.
    pub light: Option<String>,
    /// Words, as in the list.
    pub q: Option<String>,
    /// Waiting for a post of the caller's.
    #[serde(default)]
    pub todo: bool,
    /// Handled by the caller.
    #[serde(default)]
    pub mine: bool,
    /// Handled by this account.
    pub handler: Option<Uuid>,
    /// With a withdrawal to answer.
    #[serde(default)]
    pub withdrawal: bool,
    /// Bearing this label.
    pub label: Option<Uuid>,
    /// With a note that names the caller and that he has not seen.
    #[serde(default)]
    pub mentioned: bool,
    /// Under an order of supervision.
    #[serde(default)]
    pub supervised: bool,
    /// With a letter of the applicant that waits for an answer.
    #[serde(default)]
    pub letter: bool,
    /// Whose fee waits for this.
    #[serde(default)]
    pub fee: Option<String>,
}

impl From<BatchFilter> for ListQuery {
    fn from(filter: BatchFilter) -> Self {
        Self {
            state: filter.state,
            light: filter.light,
            q: filter.q,
            todo: filter.todo,
            mine: filter.mine,
            handler: filter.handler,
            withdrawal: filter.withdrawal,
            label: filter.label,
            mentioned: filter.mentioned,
            supervised: filter.supervised,
            letter: filter.letter,
            fee: filter.fee,
            ..Self::default()
        }
    }
}

/// What is asked about a choice of cases.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AskBatch {
    /// Which cases.
    pub pick: BatchPick,
}

/// What can be done with a choice of cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchOptions {
    /// How many cases it has.
    pub total: usize,
    /// Commands that at least one of them may take.
    pub commands: Vec<BatchOption>,
}

/// A command and how many cases may take it, by state, post and right; the trial of the batch looks
/// at the rest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchOption {
    /// The command.
    pub command: Verb,
    /// Cases that may take it.
    pub possible: usize,
    /// Cases that may not.
    pub impossible: usize,
}

/// A new batch: its rows are tried, nothing happens yet.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewBatch {
    /// Which cases.
    pub pick: BatchPick,
    /// The command.
    pub command: Verb,
    /// What is said with it.
    #[serde(default)]
    pub words: BatchWords,
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchView {
    /// Id.
    pub id: Uuid,
    /// The command.
    pub command: Verb,
    /// What is said with it.
    pub words: BatchWords,
    /// How the cases were chosen.
    pub source: BatchSource,
    /// Encoding of the list it was made from.
    pub encoding: Option<String>,
    /// Where it stands.
    pub state: BatchState,
    /// Rows.
    pub total: i32,
    /// Rows by what became of them: `ready`, `barred`, `done`, `refused`, `skipped`.
    pub counts: BTreeMap<String, i64>,
    /// Seconds between start and beginning, in which it can be revoked whole; 0: none.
    pub window_seconds: u32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A row of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchRowView {
    /// Its place, from 1.
    pub seq: i32,
    /// Its line in the list.
    pub line: Option<i32>,
    /// Number of the case; empty where the line has none.
    pub number: String,
    /// The case, within the department.
    pub case_id: Option<Uuid>,
    /// Its item.
    pub item_name: String,
    /// What became of it.
    pub state: RowState,
    /// Stable code of the refusal.
    pub code: Option<String>,
    /// The refusal in the caller's language.
    pub reason: Option<String>,
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowQuery {
    /// States of rows, joined by commas.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}
