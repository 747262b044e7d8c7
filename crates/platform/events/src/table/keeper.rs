//! The keeper: one of the process's consumers looks at the end of the log, at parked events that
//! are due, and renews the leases of all in one statement. When its task ends, another takes over.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use tb_storage::{Position, StorageError};
use tokio::time::Instant;
use uuid::Uuid;

use super::node::Node;
use super::{gauges, news, seat};
use crate::entity::{member, parked};

/// What the keeper has seen; it passes on to the next.
#[derive(Debug, Default)]
pub(super) struct Watched {
    tail: Option<Position>,
    parked_at: Option<Instant>,
    leases_at: Option<Instant>,
    gauges_at: Option<Instant>,
}

/// Keeps watch for as long as it is polled; waits in line where another consumer does.
pub(super) async fn keep(node: &Node) {
    let mut watched = node.keeper.lock().await;
    let mut bell = node.store.wake().listen();
    loop {
        if let Err(error) = look(node, &mut watched).await {
            tracing::warn!(%error, "the event log cannot be watched");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        tokio::select! {
            rung = bell.changed() => if rung.is_err() { return },
            () = tokio::time::sleep(node.config.poll) => {}
        }
    }
}

async fn look(node: &Node, watched: &mut Watched) -> Result<(), StorageError> {
    look_at_log(node, watched).await?;
    if is_time(&mut watched.parked_at, node.config.poll_parked) {
        look_at_parked(node).await?;
    }
    if is_time(&mut watched.leases_at, node.config.lease / 3) {
        // The next look comes at once where this one fails.
        renew(node)
            .await
            .inspect_err(|_| watched.leases_at = None)?;
    }
    if is_time(&mut watched.gauges_at, node.config.gauges) {
        gauges::set(node).await?;
    }
    Ok(())
}

fn is_time(last: &mut Option<Instant>, every: Duration) -> bool {
    let now = Instant::now();
    let due = last.is_none_or(|last| now.duration_since(last) >= every);
    if due {
        *last = Some(now);
    }
    due
}

async fn look_at_log(node: &Node, watched: &mut Watched) -> Result<(), StorageError> {
    let (tail, topics) = match watched.tail {
        Some(tail) => news::since(&node.store, tail).await?,
        None => news::everything(&node.store).await?,
    };
    watched.tail = Some(tail);
    if !topics.is_empty() {
        node.news.send_modify(|news| {
            let mut all = (**news).clone();
            all.extend(topics);
            *news = std::sync::Arc::new(all);
        });
    }
    Ok(())
}

async fn look_at_parked(node: &Node) -> Result<(), StorageError> {
    let groups: BTreeSet<String> = node
        .seats
        .lock()
        .values()
        .map(|group| (*group).to_owned())
        .collect();
    let due: Vec<String> = parked::Entity::find()
        .select_only()
        .column(parked::Column::GroupName)
        .distinct()
        .filter(parked::Column::State.eq("waiting"))
        .filter(parked::Column::NextAt.lte(node.store.clock().now()))
        .filter(parked::Column::GroupName.is_in(groups))
        .into_tuple()
        .all(&node.store.read())
        .await?;
    if !due.is_empty() {
        node.notice_due(due);
    }
    Ok(())
}

async fn renew(node: &Node) -> Result<(), StorageError> {
    let tx = node.begin("keeper").await?;
    let now = tx.now();
    seat::renew(node, &tx).await?;
    tx.commit(&()).await?;
    let alive: BTreeSet<Uuid> = alive(node, None, now).await?.into_iter().collect();
    node.members.send_if_modified(|members| {
        let changed = *members != alive;
        *members = alive;
        changed
    });
    Ok(())
}

/// The consumers whose lease has not run out.
pub(super) async fn alive(
    node: &Node,
    group: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, StorageError> {
    let mut query = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::LeaseUntil.gt(now));
    if let Some(group) = group {
        query = query.filter(member::Column::GroupName.eq(group));
    }
    Ok(query.into_tuple().all(&node.store.read()).await?)
}
