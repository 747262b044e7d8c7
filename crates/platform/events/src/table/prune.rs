//! Forgetting: events that are old and that everybody has taken leave the log, and then the marks
//! of having handled them leave the inbox. A mark stays as long as its event, so that no event can
//! come a second time to somebody who has forgotten the first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_contract::topics::{self, Keep};
use tb_storage::entity::outbox;
use tb_storage::position::{after, up_to};
use tb_storage::{Origin, Position, StorageError, Store, Tx};
use uuid::Uuid;

use super::{claim, news};
use crate::entity::{inbox, offset, parked};

/// What may be forgotten.
#[derive(Clone, Debug)]
pub struct Pruning {
    /// Only what is older than this.
    pub before: DateTime<Utc>,
    /// The most rows of one transaction: writers wait for no longer than that takes.
    pub batch: u64,
    /// How far those have come who read a topic by cursor, without a group.
    pub cursors: BTreeMap<&'static str, Position>,
}

/// What was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Events of the log.
    pub events: u64,
    /// Marks of the inbox.
    pub marks: u64,
}

/// How far everybody has come in a topic.
struct Taken {
    /// Each group's shards.
    groups: BTreeMap<String, BTreeMap<i32, Position>>,
    /// A reader without a group.
    cursor: Option<Position>,
}

impl Taken {
    fn covers(&self, row: &Row) -> bool {
        let by_group = |shards: &BTreeMap<i32, Position>| {
            shards.get(&row.shard).is_some_and(|to| row.at <= *to)
        };
        self.groups.values().all(by_group) && self.cursor.is_none_or(|to| row.at <= to)
    }

    /// Nothing behind this has been taken by all.
    fn furthest(&self) -> Option<Position> {
        let of_groups = self.groups.values().map(|shards| shards.values().max());
        let furthest = of_groups.map(|at| at.copied().unwrap_or_default());
        furthest.chain(self.cursor).min()
    }
}

/// An event without what it says.
struct Row {
    at: Position,
    id: Uuid,
    shard: i32,
    time: DateTime<Utc>,
}

/// Forgets what may be forgotten.
pub(super) async fn prune(store: &Store, pruning: &Pruning) -> Result<Pruned, StorageError> {
    let mut pruned = Pruned::default();
    for topic in news::topics(&store.read()).await? {
        if let Some(taken) = taken(store, &topic, pruning).await? {
            pruned.events += prune_topic(store, &topic, &taken, pruning).await?;
        }
    }
    pruned.marks = prune_marks(store, pruning).await?;
    Ok(pruned)
}

/// How far all readers have come; `None` where the topic is kept, or where a reader that the access
/// list names has not come yet: it may start tomorrow.
async fn taken(
    store: &Store,
    topic: &str,
    pruning: &Pruning,
) -> Result<Option<Taken>, StorageError> {
    let Some(access) = topics::access(topic).filter(|row| row.keep == Keep::UntilTaken) else {
        return Ok(None);
    };
    let cursor = pruning.cursors.get(topic).copied();
    let rows = offset::Entity::find().filter(offset::Column::Topic.eq(topic));
    let mut groups: BTreeMap<String, BTreeMap<i32, Position>> = BTreeMap::new();
    for row in rows.all(&store.read()).await? {
        let at = claim::position(&row);
        groups
            .entry(row.group_name)
            .or_default()
            .insert(row.shard, at);
    }
    let domains: BTreeSet<&str> = groups
        .keys()
        .filter_map(|group| group.split(':').next())
        .collect();
    let has_come = cursor.is_some() || access.readers.iter().all(|name| domains.contains(name));
    Ok(has_come.then_some(Taken { groups, cursor }))
}

/// Goes through the topic from its beginning to the first page that holds a young event.
async fn prune_topic(
    store: &Store,
    topic: &str,
    taken: &Taken,
    pruning: &Pruning,
) -> Result<u64, StorageError> {
    let Some(furthest) = taken.furthest() else {
        return Ok(0);
    };
    let (mut start, mut gone) = (Position::default(), 0);
    loop {
        let rows = page(store, topic, start, furthest, pruning.batch).await?;
        let old = |row: &&Row| row.time < pruning.before;
        let ids = rows.iter().filter(old).filter(|row| taken.covers(row));
        gone += delete_events(store, ids.map(|row| row.id).collect()).await?;
        let is_last = (rows.len() as u64) < pruning.batch || !rows.iter().all(|row| old(&row));
        match rows.last() {
            Some(row) if !is_last => start = row.at,
            _ => return Ok(gone),
        }
    }
}

async fn page(
    store: &Store,
    topic: &str,
    start: Position,
    end: Position,
    limit: u64,
) -> Result<Vec<Row>, StorageError> {
    type Columns = (i64, i64, i64, Uuid, i32, DateTime<Utc>);
    let rows: Vec<Columns> = outbox::Entity::find()
        .select_only()
        .columns([
            outbox::Column::Epoch,
            outbox::Column::Xid,
            outbox::Column::Seq,
            outbox::Column::Id,
            outbox::Column::Shard,
            outbox::Column::Time,
        ])
        .filter(outbox::Column::Topic.eq(topic))
        .filter(after(start))
        .filter(up_to(end))
        .order_by(outbox::Column::Epoch, Order::Asc)
        .order_by(outbox::Column::Xid, Order::Asc)
        .order_by(outbox::Column::Seq, Order::Asc)
        .limit(limit)
        .into_tuple()
        .all(&store.read())
        .await?;
    let row = |(epoch, xid, seq, id, shard, time)| Row {
        at: Position { epoch, xid, seq },
        id,
        shard,
        time,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Deletes events, but not those that a group has parked: what they say is still needed.
async fn delete_events(store: &Store, mut ids: Vec<Uuid>) -> Result<u64, StorageError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let tx = begin(store).await?;
    let waiting: Vec<Uuid> = parked::Entity::find()
        .select_only()
        .column(parked::Column::EventId)
        .filter(parked::Column::EventId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(tx.conn())
        .await?;
    ids.retain(|id| !waiting.contains(id));
    let gone = outbox::Entity::delete_many()
        .filter(outbox::Column::Id.is_in(ids))
        .exec(tx.conn())
        .await?;
    tx.commit(&()).await?;
    Ok(gone.rows_affected)
}

/// Deletes old marks whose event is gone.
async fn prune_marks(store: &Store, pruning: &Pruning) -> Result<u64, StorageError> {
    let mut gone = 0;
    loop {
        let event = Query::select()
            .expr(Expr::val(1))
            .from(outbox::Entity)
            .and_where(
                Expr::col((outbox::Entity, outbox::Column::Id))
                    .equals((inbox::Entity, inbox::Column::EventId)),
            )
            .to_owned();
        let marks: Vec<(String, Uuid)> = inbox::Entity::find()
            .select_only()
            .columns([inbox::Column::GroupName, inbox::Column::EventId])
            .filter(inbox::Column::HandledAt.lt(pruning.before))
            .filter(Expr::exists(event).not())
            .limit(pruning.batch)
            .into_tuple()
            .all(&store.read())
            .await?;
        let is_last = (marks.len() as u64) < pruning.batch;
        gone += delete_marks(store, marks).await?;
        if is_last {
            return Ok(gone);
        }
    }
}

async fn delete_marks(store: &Store, marks: Vec<(String, Uuid)>) -> Result<u64, StorageError> {
    let mut by_group: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (group, event_id) in marks {
        by_group.entry(group).or_default().push(event_id);
    }
    if by_group.is_empty() {
        return Ok(0);
    }
    let tx = begin(store).await?;
    let mut gone = 0;
    for (group, ids) in by_group {
        gone += inbox::Entity::delete_many()
            .filter(inbox::Column::GroupName.eq(group))
            .filter(inbox::Column::EventId.is_in(ids))
            .exec(tx.conn())
            .await?
            .rows_affected;
    }
    tx.commit(&()).await?;
    Ok(gone)
}

async fn begin(store: &Store) -> Result<Tx, StorageError> {
    let origin = Origin::system("prune_event_log", store.new_id().into());
    store.begin(origin).await
}
