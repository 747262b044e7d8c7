//! What can be read: events, lag, parked events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use tb_kernel::{ErrorKind, Event, Fault, Page, PageRequest};
use tb_storage::position::{after, settled};
use tb_storage::{Conn, Position, StorageError, Store, entity::outbox, open_event};
use uuid::Uuid;

use super::park::{BEHIND, DEAD};
use super::{batch, claim};
use crate::entity::{offset, parked};
use crate::log::{DeadLetterFilter, LagRow, ParkedEvent, ParkedState};

/// Committed events of a topic behind a position.
pub(super) async fn read(
    store: &Store,
    topic: &str,
    after: Position,
    limit: u64,
) -> Result<Vec<(Position, Event)>, Fault> {
    let conn = store.read();
    let rows = batch::behind(topic, after)
        .filter(settled(&conn, store.epoch()))
        .limit(limit)
        .all(&conn)
        .await
        .map_err(StorageError::from)?;
    let opened = rows
        .into_iter()
        .map(|row| Ok((batch::position(&row), open_event(row, store.sealer())?)));
    opened
        .collect::<Result<_, StorageError>>()
        .map_err(Fault::from)
}

/// How far groups are behind.
pub(super) async fn lag(store: &Store, group: Option<&str>) -> Result<Vec<LagRow>, Fault> {
    Ok(lag_rows(&store.read(), group).await?)
}

pub(super) async fn lag_rows(
    conn: &Conn,
    group: Option<&str>,
) -> Result<Vec<LagRow>, StorageError> {
    let mut query = offset::Entity::find();
    if let Some(group) = group {
        query = query.filter(offset::Column::GroupName.eq(group));
    }
    let mut topics: BTreeMap<(String, String), Vec<offset::Model>> = BTreeMap::new();
    for row in query.all(conn).await? {
        topics
            .entry((row.group_name.clone(), row.topic.clone()))
            .or_default()
            .push(row);
    }
    let parked = parked_counts(conn, group).await?;
    let mut rows = Vec::with_capacity(topics.len());
    for ((group, topic), shards) in topics {
        let (behind, oldest_at) = unread(conn, &topic, &shards).await?;
        let (parked, dead) = parked
            .get(&(group.clone(), topic.clone()))
            .copied()
            .unwrap_or_default();
        let owners: BTreeSet<Uuid> = shards.iter().filter_map(|shard| shard.owner).collect();
        rows.push(LagRow {
            group,
            topic,
            behind,
            oldest_at,
            parked,
            dead,
            consumers: owners.len() as u64,
        });
    }
    Ok(rows)
}

/// Events not yet looked at, and the time of the oldest. Shards move together, so there are few
/// different cursors.
async fn unread(
    conn: &Conn,
    topic: &str,
    shards: &[offset::Model],
) -> Result<(u64, Option<DateTime<Utc>>), StorageError> {
    let mut cursors: BTreeMap<Position, Vec<i32>> = BTreeMap::new();
    for shard in shards {
        cursors
            .entry(claim::position(shard))
            .or_default()
            .push(shard.shard);
    }
    let mut behind = 0;
    let mut oldest_at: Option<DateTime<Utc>> = None;
    for (cursor, shards) in cursors {
        let found: Option<(i64, Option<DateTime<Utc>>)> = outbox::Entity::find()
            .select_only()
            .column_as(outbox::Column::Seq.count(), "behind")
            .column_as(Expr::col(outbox::Column::Time).min(), "oldest_at")
            .filter(outbox::Column::Topic.eq(topic))
            .filter(after(cursor))
            .filter(outbox::Column::Shard.is_in(shards))
            .into_tuple()
            .one(conn)
            .await?;
        if let Some((count, oldest)) = found {
            behind += u64::try_from(count).unwrap_or_default();
            oldest_at = [oldest_at, oldest].into_iter().flatten().min();
        }
    }
    Ok((behind, oldest_at))
}

type Counts = BTreeMap<(String, String), (u64, u64)>;

/// Parked and dead, per group and topic.
async fn parked_counts(conn: &Conn, group: Option<&str>) -> Result<Counts, StorageError> {
    let mut query = parked::Entity::find()
        .select_only()
        .columns([
            parked::Column::GroupName,
            parked::Column::Topic,
            parked::Column::State,
        ])
        .column_as(parked::Column::Id.count(), "rows")
        .group_by(parked::Column::GroupName)
        .group_by(parked::Column::Topic)
        .group_by(parked::Column::State);
    if let Some(group) = group {
        query = query.filter(parked::Column::GroupName.eq(group));
    }
    let rows: Vec<(String, String, String, i64)> = query.into_tuple().all(conn).await?;
    let mut counts = Counts::new();
    for (group, topic, state, rows) in rows {
        let rows = u64::try_from(rows).unwrap_or_default();
        let (parked, dead) = counts.entry((group, topic)).or_default();
        *(if state == DEAD { dead } else { parked }) += rows;
    }
    Ok(counts)
}

/// Parked events of a group.
pub(super) async fn parked(
    store: &Store,
    group: &str,
    page: &PageRequest,
) -> Result<Page<ParkedEvent>, Fault> {
    list(
        store,
        parked::Entity::find().filter(parked::Column::GroupName.eq(group)),
        page,
    )
    .await
}

/// Dead letters.
pub(super) async fn dead_letters(
    store: &Store,
    filter: &DeadLetterFilter,
    page: &PageRequest,
) -> Result<Page<ParkedEvent>, Fault> {
    let mut query = parked::Entity::find().filter(parked::Column::State.eq(DEAD));
    if let Some(group) = &filter.group {
        query = query.filter(parked::Column::GroupName.eq(group));
    }
    if let Some(key) = &filter.key {
        query = query.filter(parked::Column::Key.eq(key));
    }
    list(store, query, page).await
}

/// The ids carry the time, so newest first is their order backwards.
async fn list(
    store: &Store,
    mut query: Select<parked::Entity>,
    page: &PageRequest,
) -> Result<Page<ParkedEvent>, Fault> {
    if let Some(cursor) = page.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        let id: Uuid = cursor
            .parse()
            .map_err(|_| Fault::new(ErrorKind::Invalid, "events.wrong_cursor"))?;
        query = query.filter(parked::Column::Id.lt(id));
    }
    let rows = query
        .order_by(parked::Column::Id, Order::Desc)
        .limit(page.limit() + 1)
        .all(&store.read())
        .await
        .map_err(StorageError::from)?;
    Ok(Page::from_surplus(rows, page.limit(), |row| row.id.to_string()).map(shown))
}

fn shown(row: parked::Model) -> ParkedEvent {
    ParkedEvent {
        id: row.id,
        group: row.group_name,
        topic: row.topic,
        shard: row.shard,
        key: row.key,
        event_id: row.event_id,
        kind: row.kind,
        version: row.version,
        position: Position {
            epoch: row.epoch,
            xid: row.xid,
            seq: row.seq,
        },
        event_time: row.event_time,
        state: match row.state.as_str() {
            DEAD => ParkedState::Dead,
            BEHIND => ParkedState::Behind,
            _ => ParkedState::Waiting,
        },
        code: row.code,
        error: row.error,
        attempts: row.attempts,
        parked_at: row.parked_at,
        next_at: row.next_at,
    }
}
