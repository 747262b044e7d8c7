//! Opinions of other departments (征求意见): beside the case, which waits for none of them. A special
//! procedure is what makes its clocks wait.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::events::Letter;
use uuid::Uuid;

use super::words::words;

/// Departments that one question goes to.
pub(crate) const MOST_DEPARTMENTS: usize = 10;
/// Longest term for an answer, in working days.
pub(crate) const MOST_DAYS: u32 = 20;

words! {
    /// How far a request has come.
    pub(crate) enum OpinionState {
        /// Waits for its answer.
        Open = "open",
        /// Answered.
        Given = "given",
        /// Not a matter of the department that was asked.
        Declined = "declined",
        /// Whoever asked does not need it any more.
        Withdrawn = "withdrawn",
        /// The case was decided or came to an end before.
        Lapsed = "lapsed",
    }
}

words! {
    /// What a department thinks.
    pub(crate) enum Stance {
        /// 同意
        Agree = "agree",
        /// 有条件同意
        Conditions = "conditions",
        /// 不同意
        Object = "object",
        /// 无意见
        NoComment = "no_comment",
    }
}

/// What an event about an opinion says. Its words may name people: they stay out of the reason, which
/// everybody reads who sees the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Consulted {
    /// The request.
    pub request: Uuid,
    /// Name of the department that is asked.
    pub office: String,
    /// Last day for the answer.
    pub by: Option<NaiveDate>,
    /// What it is asked, where it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What it thinks.
    pub stance: Option<Stance>,
    /// Its answer with files, or why it gives none.
    pub answer: Option<Letter>,
}
