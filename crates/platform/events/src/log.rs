//! The port that every driver serves: running consumers, reading, and what the operator's page
//! shows and does.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{Event, Fault, Page, PageRequest};
use tb_storage::{Origin, Position};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::handler::Subscription;

/// The event log. Publishing is `Tx::emit`.
#[async_trait::async_trait]
pub trait EventLog: Send + Sync {
    /// Runs one consumer until `shutdown`. Several of one group, in one process or many, share its
    /// shards. Fails only at the start, where the access list does not name the reader.
    async fn run(
        &self,
        subscription: Subscription,
        shutdown: CancellationToken,
    ) -> Result<(), Fault>;

    /// Committed events of a topic behind a position, in commit order. A reader who needs the
    /// order of one key goes by the events' versions.
    async fn read(
        &self,
        topic: &str,
        after: Position,
        limit: u64,
    ) -> Result<Vec<(Position, Event)>, Fault>;

    /// How far groups are behind, per topic; of all groups where none is named.
    async fn lag(&self, group: Option<&str>) -> Result<Vec<LagRow>, Fault>;

    /// Events of a group that wait outside the stream, newest first.
    async fn parked(&self, group: &str, page: &PageRequest) -> Result<Page<ParkedEvent>, Fault>;

    /// Events that were given up, newest first.
    async fn dead_letters(
        &self,
        filter: &DeadLetterFilter,
        page: &PageRequest,
    ) -> Result<Page<ParkedEvent>, Fault>;

    /// Puts dead letters, and so what waits behind them, back to work. `dry_run` only counts.
    async fn replay(
        &self,
        origin: Origin,
        selection: Selection,
        dry_run: bool,
    ) -> Result<ReplayReport, Fault>;

    /// Drops a dead letter for good: its group will never handle it, what waits behind it goes on.
    async fn discard(&self, origin: Origin, id: Uuid) -> Result<(), Fault>;
}

/// How far a group is behind in one topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LagRow {
    /// Group.
    pub group: String,
    /// Topic.
    pub topic: String,
    /// Events not yet looked at.
    pub behind: u64,
    /// Time of the oldest of them.
    pub oldest_at: Option<DateTime<Utc>>,
    /// Events parked: waiting for another attempt or behind another event.
    pub parked: u64,
    /// Dead letters.
    pub dead: u64,
    /// Consumers that share the topic.
    pub consumers: u64,
}

/// The state of a parked event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParkedState {
    /// Will be tried again.
    Waiting,
    /// Waits behind an earlier event of its key.
    Behind,
    /// Given up: a dead letter.
    Dead,
}

/// An event that a group could not handle at once. It names the event and holds no payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedEvent {
    /// Id of the entry.
    pub id: Uuid,
    /// Group.
    pub group: String,
    /// Topic.
    pub topic: String,
    /// Shard.
    pub shard: i32,
    /// Key.
    pub key: String,
    /// Event.
    pub event_id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its version.
    pub version: i64,
    /// Where it stands in the log.
    pub position: Position,
    /// When it was made.
    pub event_time: DateTime<Utc>,
    /// State.
    pub state: ParkedState,
    /// Stable code of what went wrong.
    pub code: String,
    /// The same in words.
    pub error: String,
    /// Attempts so far.
    pub attempts: i32,
    /// When it was parked.
    pub parked_at: DateTime<Utc>,
    /// When it will be tried again, where it waits.
    pub next_at: DateTime<Utc>,
}

/// Which dead letters to list.
#[derive(Clone, Debug, Default)]
pub struct DeadLetterFilter {
    /// Of one group.
    pub group: Option<String>,
    /// Of one key.
    pub key: Option<String>,
}

/// Which dead letters to replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// One, by the id of its entry.
    Id(Uuid),
    /// All of one key.
    Key {
        /// Group.
        group: String,
        /// Key.
        key: String,
    },
    /// All that were parked between two moments, the second excluded.
    Time {
        /// Group; all where none is named.
        group: Option<String>,
        /// From.
        from: DateTime<Utc>,
        /// Until.
        until: DateTime<Utc>,
    },
}

/// What a replay put back, or would.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayReport {
    /// Dead letters.
    pub dead_letters: u64,
    /// Events that wait behind them.
    pub followers: u64,
}
