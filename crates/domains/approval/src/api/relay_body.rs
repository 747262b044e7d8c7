//! What the routes between counters and offices take and answer.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::model::delivery::Collector;
use crate::model::relay::{RelayEntryState, RelayState, RelayWhat};
use crate::model::state::State;

/// What is there to do, in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayOverview {
    /// Cases whose papers lie at one's counter.
    pub papers: u64,
    /// Cases of one's department whose result can be handed over to a counter.
    pub results: u64,
    /// Lists that one's department has yet to receive.
    pub incoming: u64,
    /// Results that lie at one's counter.
    pub shelf: u64,
    /// The most cases of one list.
    pub most: usize,
}

/// Which cases are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RelayQuery {
    /// `papers` at one's counter (default), or `results` of one's cases.
    pub what: Option<RelayWhat>,
    /// Results: how a case number begins; also those that nobody expects at a counter.
    pub q: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A case whose papers or result wait.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayCase {
    /// Case.
    pub id: Uuid,
    /// Case number.
    pub number: String,
    /// Name of the item.
    pub item_name: String,
    /// State.
    pub state: State,
    /// The other side: the office for papers, the counter that took it in for a result.
    pub other: Option<String>,
    /// Its credit code.
    pub other_code: Option<String>,
    /// How many materials were taken on paper.
    pub papers: i32,
    /// Since when: the hand-in, or the closure.
    pub since: DateTime<Utc>,
}

/// A new list.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewRelayList {
    /// What is handed over.
    pub contents: RelayWhat,
    /// Cases, 100 at most; of papers all of one office.
    pub cases: Vec<Uuid>,
    /// Credit code of the department whose counter receives results; the counter that took the cases in
    /// where it is not named.
    #[serde(default)]
    pub to: Option<String>,
    /// The courier who carries it, where one does.
    #[serde(default)]
    pub company: Option<String>,
    /// His number.
    #[serde(default)]
    pub tracking_number: Option<String>,
}

/// Which lists are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RelayListQuery {
    /// Those that one's department sent; without it those that it is sent.
    #[serde(default)]
    pub sent: bool,
    /// `under_way`, `received`, `withdrawn`; all without it.
    pub state: Option<RelayState>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayListView {
    /// Id.
    pub id: Uuid,
    /// What it hands over.
    pub what: RelayWhat,
    /// Number.
    pub number: String,
    /// Who hands over.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How many cases.
    pub cases: i32,
    /// How far it has come.
    pub state: RelayState,
    /// The courier who carries it, where one does.
    pub company: Option<String>,
    /// His number.
    pub tracking_number: Option<String>,
    /// Whose hand it left.
    pub sender: String,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// Who received it, or took it back.
    pub receiver: Option<String>,
    /// When.
    pub received_at: Option<DateTime<Utc>>,
    /// Whether the caller's department can receive it now.
    pub may_receive: bool,
    /// Whether it can take it back.
    pub may_withdraw: bool,
    /// Version.
    pub version: i64,
}

/// A case of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayEntryView {
    /// Id.
    pub id: Uuid,
    /// Case.
    pub case_id: Uuid,
    /// Case number.
    pub case_number: String,
    /// Name of the item.
    pub item_name: String,
    /// Names of what is handed over.
    pub papers: Vec<String>,
    /// How far it has come.
    pub state: RelayEntryState,
    /// Where the result lies.
    pub place: Option<String>,
    /// Why it went back.
    pub reason: Option<String>,
}

/// A list with its cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayListPage {
    /// The list.
    pub list: RelayListView,
    /// Its cases.
    pub entries: Vec<RelayEntryView>,
}

/// A case that was not there as the list says.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReturnedEntry {
    /// Its entry.
    pub id: Uuid,
    /// What is missing or wrong.
    pub reason: String,
}

/// The receipt of a list.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReceiveRelayList {
    /// Version that the page has.
    pub version: i64,
    /// Cases that go back.
    #[serde(default)]
    pub returned: Vec<ReturnedEntry>,
    /// Where each result is put: place by entry.
    #[serde(default)]
    pub places: BTreeMap<Uuid, String>,
}

/// A list as it was seen.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WithdrawRelayList {
    /// Version that the page has.
    pub version: i64,
}

/// A hand-over of one case, for its page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelayMark {
    /// The list.
    pub list: RelayListView,
    /// The case on it.
    pub entry: RelayEntryView,
    /// When it arrived.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When the result left the shelf.
    pub left_at: Option<DateTime<Utc>>,
}

/// Which results are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShelfQuery {
    /// Place, case number, name, id number or phone.
    pub q: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A result that lies at the counter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShelfRow {
    /// Id.
    pub id: Uuid,
    /// Case number.
    pub case_number: String,
    /// Name of the item.
    pub item_name: String,
    /// What lies there.
    pub papers: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// The department that decided.
    pub office: String,
    /// To whom it belongs; a person masked.
    pub applicant: String,
    /// Whether it is an organisation.
    pub organisation: bool,
    /// State of the case: only what is closed can be handed out.
    pub state: State,
    /// Whether the decision was revoked.
    pub revoked: bool,
    /// Version of the case.
    pub version: i64,
}

/// Whoever takes the result.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct HandOutResult {
    /// Version of the case that the page has.
    pub version: i64,
    /// Who takes it.
    pub collector: Collector,
}

/// What was handed out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandedOut {
    /// Id of the shelf's row: `GET /relay/shelf/{id}/receipt`.
    pub id: Uuid,
    /// Case number.
    pub case_number: String,
    /// State of the case.
    pub state: State,
}

/// Why a result goes back to its office.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct GiveBackResult {
    /// Reason.
    pub reason: String,
}
