//! The next batch of a topic: what lies behind the cursors of the consumer's shards, in an order
//! that is right for every key.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_contract::topics;
use tb_storage::position::{after, settled};
use tb_storage::{Conn, Position, StorageError, entity::outbox};
use tokio::time::Instant;

use super::claim::Shards;
use super::deliver::{Abort, Delivery};

/// Where a consumer stands in a topic.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Its shards, each with how far it has come.
    pub(super) shards: Shards,
    /// Up to where the topic has been read.
    pub(super) scanned: Position,
    /// Whether it has as many shards as it should.
    pub(super) satisfied: bool,
}

/// Delivers the next batch; `true` where there may be more.
pub(super) async fn next(
    delivery: Delivery<'_>,
    standing: &mut Standing,
    news: Position,
) -> Result<bool, Abort> {
    let Some(start) = standing.shards.values().min().copied() else {
        standing.scanned = news;
        return Ok(false);
    };
    let rows = read(delivery, standing, start).await?;
    let complete = (rows.len() as u64) < delivery.node.config.batch;
    if let Some(end) = rows.last().map(position) {
        let fresh: Vec<outbox::Model> = rows
            .into_iter()
            .filter(|row| is_fresh(&standing.shards, row))
            .collect();
        if !fresh.is_empty() {
            let ahead = predecessors(delivery, &fresh, end).await?;
            deliver(delivery, standing, arrange(fresh, ahead), end).await?;
        }
        for cursor in standing.shards.values_mut() {
            *cursor = end.max(*cursor);
        }
    }
    if complete {
        standing.scanned = news;
    }
    Ok(!complete)
}

async fn deliver(
    delivery: Delivery<'_>,
    standing: &Standing,
    rows: Vec<outbox::Model>,
    end: Position,
) -> Result<(), Abort> {
    let begun = Instant::now();
    let shards: Vec<i32> = standing
        .shards
        .iter()
        .filter(|(_, at)| **at < end)
        .map(|(shard, _)| *shard)
        .collect();
    let fast = delivery.fast(&rows, &shards, end).await?;
    if !fast {
        for row in &rows {
            delivery.careful(row).await?;
        }
        // Everything has its mark by now; this only moves the cursors.
        if !delivery.fast(&[], &shards, end).await? {
            return Err(Abort::Lost);
        }
    }
    let mode = if fast { "fast" } else { "careful" };
    metrics::histogram!("tongban_event_batch_seconds", "group" => delivery.me.group, "mode" => mode)
        .record(begun.elapsed().as_secs_f64());
    Ok(())
}

async fn read(
    delivery: Delivery<'_>,
    standing: &Standing,
    start: Position,
) -> Result<Vec<outbox::Model>, StorageError> {
    let conn = delivery.node.store.read();
    let mut query =
        behind(delivery.topic, start).filter(settled(&conn, delivery.node.store.epoch()));
    let partitions = topics::access(delivery.topic).map_or(1, |row| row.partitions);
    if standing.shards.len() < usize::try_from(partitions).unwrap_or(usize::MAX) {
        query = query.filter(outbox::Column::Shard.is_in(standing.shards.keys().copied()));
    }
    Ok(query.limit(delivery.node.config.batch).all(&conn).await?)
}

/// Rows of a topic behind a position, in commit order.
pub(super) fn behind(topic: &str, start: Position) -> sea_orm::Select<outbox::Entity> {
    outbox::Entity::find()
        .filter(outbox::Column::Topic.eq(topic))
        .filter(after(start))
        .order_by(outbox::Column::Epoch, Order::Asc)
        .order_by(outbox::Column::Xid, Order::Asc)
        .order_by(outbox::Column::Seq, Order::Asc)
}

/// Events of the same keys that were written before some of these and yet come later in the order
/// of transaction ids: a transaction may get its id early and change the aggregate late. They are
/// committed, or the later one could not have seen their work; when their turn comes, the inbox
/// passes over them.
async fn predecessors(
    delivery: Delivery<'_>,
    rows: &[outbox::Model],
    end: Position,
) -> Result<Vec<outbox::Model>, StorageError> {
    let conn: Conn = delivery.node.store.read();
    if conn.is_sqlite() {
        return Ok(Vec::new());
    }
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows {
        let seq = last.entry(&row.key).or_insert(row.seq);
        *seq = row.seq.max(*seq);
    }
    let highest = last.values().max().copied().unwrap_or_default();
    let mut found = behind(delivery.topic, end)
        .filter(outbox::Column::Key.is_in(last.keys().copied()))
        .filter(outbox::Column::Seq.lt(highest))
        .all(&conn)
        .await?;
    found.retain(|row| last.get(row.key.as_str()).is_some_and(|seq| row.seq < *seq));
    Ok(found)
}

fn is_fresh(shards: &Shards, row: &outbox::Model) -> bool {
    shards
        .get(&row.shard)
        .is_some_and(|cursor| position(row) > *cursor)
}

/// Commit order, but within each key the order of writing.
fn arrange(rows: Vec<outbox::Model>, ahead: Vec<outbox::Model>) -> Vec<outbox::Model> {
    let all: Vec<outbox::Model> = rows.into_iter().chain(ahead).collect();
    let places: Vec<String> = all.iter().map(|row| row.key.clone()).collect();
    let mut by_key: BTreeMap<String, VecDeque<outbox::Model>> = BTreeMap::new();
    for row in all {
        by_key.entry(row.key.clone()).or_default().push_back(row);
    }
    for queue in by_key.values_mut() {
        queue.make_contiguous().sort_by_key(|row| row.seq);
    }
    places
        .iter()
        .filter_map(|key| by_key.get_mut(key)?.pop_front())
        .collect()
}

pub(super) fn position(row: &outbox::Model) -> Position {
    Position {
        epoch: row.epoch,
        xid: row.xid,
        seq: row.seq,
    }
}
