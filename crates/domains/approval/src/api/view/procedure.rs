//! Special procedures of a case.

use chrono::NaiveDate;
use serde::Serialize;
use tb_contract::item::ProcedureKind;
use utoipa::ToSchema;

/// A special procedure under way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcedureView {
    /// Kind.
    pub kind: ProcedureKind,
    /// Name.
    pub name: String,
    /// First day that is not counted.
    pub since: NaiveDate,
    /// Planned last day.
    pub planned_end: NaiveDate,
    /// Whether it lasts longer than planned.
    pub overdue: bool,
}

/// A special procedure that the item lists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcedureOptionView {
    /// Kind.
    pub kind: ProcedureKind,
    /// Name.
    pub name: String,
    /// Longest term in words.
    pub term: String,
    /// Last day of that term if it began today; none where the calendar does not reach.
    pub until: Option<NaiveDate>,
    /// Legal basis.
    pub basis: String,
}
