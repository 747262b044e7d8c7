//! Another attempt at parked events that are due: of each key the first, then what waits behind it.

use std::collections::BTreeSet;

use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_storage::entity::outbox;

use super::claim::Shards;
use super::deliver::{Abort, Delivery};
use super::park::{self, Verdict};
use crate::entity::parked;

/// Keys looked at in one round.
const ROUND: u64 = 100;

/// Tries what is due in one topic; `true` where there may be more.
pub(super) async fn due(delivery: Delivery<'_>, shards: &Shards) -> Result<bool, Abort> {
    let store = &delivery.node.store;
    let rows: Vec<(String, i32)> = parked::Entity::find()
        .select_only()
        .columns([parked::Column::Key, parked::Column::Shard])
        .filter(parked::Column::State.eq(park::WAITING))
        .filter(parked::Column::NextAt.lte(store.clock().now()))
        .filter(parked::Column::GroupName.eq(delivery.me.group))
        .filter(parked::Column::Topic.eq(delivery.topic))
        .filter(parked::Column::Shard.is_in(shards.keys().copied()))
        .order_by(parked::Column::NextAt, Order::Asc)
        .limit(ROUND)
        .into_tuple()
        .all(&store.read())
        .await?;
    let full = rows.len() as u64 == ROUND;
    let keys: BTreeSet<(String, i32)> = rows.into_iter().collect();
    let mut moved = false;
    for (key, shard) in keys {
        while attempt(delivery, &key, shard).await? {
            moved = true;
        }
    }
    // Without progress another round would find the same rows again.
    Ok(full && moved)
}

/// Tries the first event of the key that may be tried now; `true` where it went well.
async fn attempt(delivery: Delivery<'_>, key: &str, shard: i32) -> Result<bool, Abort> {
    let mut tx = delivery.begin_fenced(shard).await?;
    let rows = park::of_keys(tx.conn(), delivery.me.group, delivery.topic, [key]).await?;
    let now = tx.now();
    let ready = |row: &&parked::Model| {
        row.state == park::WAITING && row.next_at <= now && !park::is_blocked(row, &rows)
    };
    let Some(row) = rows.iter().find(ready) else {
        return Ok(false);
    };
    let found = outbox::Entity::find()
        .filter(outbox::Column::Id.eq(row.event_id))
        .one(tx.conn())
        .await?;
    let Some(event) = found else {
        tracing::error!(event_id = %row.event_id, "a parked event is not in the log any more");
        return Ok(false);
    };
    delivery.mark_handled(&tx, &[&event]).await?;
    let error = match delivery.handle(&mut tx, &event).await {
        Ok(()) => {
            park::release(&tx, row).await?;
            let woken = delivery.wake_early(&tx, &[&event]).await?;
            tx.commit(&()).await?;
            delivery.after(woken);
            delivery.count("handled", 1);
            return Ok(true);
        }
        Err(error) => error,
    };
    drop(tx);
    let verdict = Verdict::of(delivery.node, &error, Some(row));
    delivery.log_failure(row.event_id, &error, &verdict);
    let tx = delivery.begin_fenced(shard).await?;
    park::update(&tx, row, &verdict).await?;
    tx.commit(&()).await?;
    delivery.count(
        if verdict.state == park::DEAD {
            "dead"
        } else {
            "retried"
        },
        1,
    );
    Ok(false)
}
