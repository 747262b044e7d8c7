//! What the routes of archiving take and answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::model::archive::{EntryState, ListState, Retention};
use crate::model::state::State;

/// Which of the cases that wait are wanted.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub(crate) struct WaitingQuery {
    /// Year in which they ended.
    pub year: Option<i32>,
    /// Code of their item.
    pub item: Option<String>,
    /// 保管期限
    pub retention: Option<Retention>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows, at most 100.
    pub limit: Option<u32>,
}

/// A case that waits for its archiving.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingCase {
    /// Case.
    pub id: Uuid,
    /// Case number.
    pub number: String,
    /// Name of the item.
    pub item_name: String,
    /// State.
    pub state: State,
    /// Result.
    pub result: Option<String>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// 保管期限
    pub retention: Retention,
}

/// An item whose cases wait.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingOfItem {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// How many cases.
    pub cases: i64,
    /// 保管期限
    pub retention: Retention,
}

/// What waits for its archiving, in all.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchiveOverview {
    /// Cases that wait.
    pub cases: i64,
    /// By item.
    pub items: Vec<WaitingOfItem>,
    /// Years in which they ended, the newest first.
    pub years: Vec<i32>,
    /// The most cases of one list.
    pub most: usize,
    /// How archive numbers are made; none where the department has not said yet.
    pub fonds: Option<FondsView>,
}

/// A new hand-over list: of these cases, or of the oldest that a filter finds.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewArchiveList {
    /// Cases.
    #[serde(default)]
    pub ids: Vec<Uuid>,
    /// The filter, where no case is named.
    #[serde(default)]
    pub filter: Option<WaitingQuery>,
}

/// A hand-over list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchiveListView {
    /// Id.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// 全宗号
    pub fonds: String,
    /// Name of the department.
    pub office: String,
    /// State.
    pub state: ListState,
    /// Who made it.
    pub maker: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who handed it over.
    pub hander: Option<String>,
    /// When.
    pub handed_at: Option<DateTime<Utc>>,
    /// Who received it.
    pub receiver: Option<String>,
    /// When.
    pub received_at: Option<DateTime<Utc>>,
    /// Why a receipt was taken back, the last time.
    pub void_reason: Option<String>,
    /// Who took it back.
    pub voider: Option<String>,
    /// When.
    pub voided_at: Option<DateTime<Utc>>,
    /// Cases in it, without those that were taken off or sent back.
    pub cases: usize,
    /// Of them: packed.
    pub packed: usize,
    /// Of them: read back and found right.
    pub checked: usize,
    /// Of them: with a fault.
    pub failed: usize,
    /// Files in all packages.
    pub files: i64,
    /// Bytes of all files.
    pub size: i64,
    /// Whether the caller handed it over: another one receives it.
    pub handed_by_caller: bool,
    /// Version: a change names it.
    pub version: i64,
}

/// A list with its cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchiveListPage {
    /// The list.
    pub list: ArchiveListView,
    /// Its cases, in order.
    pub entries: Vec<ArchiveEntryView>,
}

/// A case of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchiveEntryView {
    /// Id.
    pub id: Uuid,
    /// Case.
    pub case_id: Uuid,
    /// Case number.
    pub case_number: String,
    /// Name of the item.
    pub item_name: String,
    /// 档号
    pub archive_number: String,
    /// 保管期限
    pub retention: Retention,
    /// When the case ended.
    pub ended_at: DateTime<Utc>,
    /// State.
    pub state: EntryState,
    /// Code of what is wrong.
    pub code: Option<String>,
    /// What is wrong, in words.
    pub message: Option<String>,
    /// Files in the package.
    pub files: i32,
    /// Bytes of all files.
    pub size: i64,
    /// SHA-256 of the manifest.
    pub sum: String,
    /// When it was last read back and found right.
    pub checked_at: Option<DateTime<Utc>>,
    /// Whether the case has changed since it was packed.
    pub moved: bool,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// Who sent it back.
    pub returned_by: Option<String>,
}

/// Which lists are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct ListsQuery {
    /// States, joined by commas; all where empty.
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows, at most 100.
    pub limit: Option<u32>,
}

/// A command for a list as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ListVersion {
    /// Version that the caller has seen.
    pub version: i64,
}

/// Cases to be taken off a list.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DropEntries {
    /// Version that the caller has seen.
    pub version: i64,
    /// Entries.
    pub entries: Vec<Uuid>,
}

/// Cases to be sent back.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReturnEntries {
    /// Version that the caller has seen.
    pub version: i64,
    /// Entries.
    pub entries: Vec<Uuid>,
    /// Why, 5 to 500 characters.
    pub reason: String,
}

/// A receipt to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct VoidReceipt {
    /// Version that the caller has seen.
    pub version: i64,
    /// Why, 5 to 500 characters.
    pub reason: String,
}

/// Packages to be taken out of the archive.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TakePackages {
    /// For whom and why, 5 to 500 characters; kept in the audit trail.
    pub reason: String,
}

/// How a department names what it archives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FondsView {
    /// 全宗号
    pub fonds: String,
    /// 档案门类代码
    pub category: String,
    /// Pattern of archive numbers.
    pub pattern: String,
    /// The number that a case of this year would get next, by that pattern.
    pub example: String,
    /// Who changed it last.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
    /// Version: a change names it.
    pub version: i64,
}

/// The same as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct KeepFonds {
    /// Version that the caller has seen; 0 where there was none.
    pub version: i64,
    /// 全宗号
    pub fonds: String,
    /// 档案门类代码
    pub category: String,
    /// Pattern of archive numbers.
    pub pattern: String,
}

/// How long cases are kept: a rule, or the default where the department has none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionRule {
    /// `type:01`, or `item:<code>`.
    pub subject: String,
    /// 保管期限
    pub retention: Retention,
    /// What it rests on; empty for a default.
    pub basis: String,
    /// Whether the department has decided it.
    pub own: bool,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// Version: a change names it; 0 for a default.
    pub version: i64,
}

/// A rule as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct KeepRule {
    /// Version that the caller has seen; 0 where there was none.
    pub version: i64,
    /// `type:01`, or `item:<code>`.
    pub subject: String,
    /// 保管期限
    pub retention: Retention,
    /// What it rests on: the department's own table, with its approval.
    pub basis: String,
}

/// A rule to be removed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RemoveRule {
    /// `type:01`, or `item:<code>`.
    pub subject: String,
}

/// Where a case lies in the archive, or on its way there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArchiveMark {
    /// The list.
    pub list_id: Uuid,
    /// Its number.
    pub list_number: String,
    /// Its state: `received` is 已归档.
    pub state: ListState,
    /// The entry, for its package.
    pub entry_id: Uuid,
    /// How far the entry has come.
    pub entry_state: EntryState,
    /// 档号
    pub archive_number: String,
    /// 保管期限
    pub retention: Retention,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// Whether the case has changed since it was packed.
    pub moved: bool,
}
