//! Which shards of a topic a consumer owns. Consumers alive share them evenly: who has more than
//! his share gives some back, who has less takes free ones. Every write of a consumer is fenced:
//! it touches the offset rows of its shards only where they still name it as owner.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use tb_contract::topics;
use tb_storage::{Position, StorageError, Tx};
use uuid::Uuid;

use super::keeper;
use super::node::Node;
use crate::entity::offset;

/// Shards with how far each has come.
pub(super) type Shards = BTreeMap<i32, Position>;

/// Who claims in which group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claimant {
    pub(super) group: &'static str,
    pub(super) owner: Uuid,
}

/// Brings the shards of a consumer in line with its share and returns them, and whether it has as
/// many as it should.
pub(super) async fn rebalance(
    node: &Node,
    me: Claimant,
    topic: &str,
) -> Result<(Shards, bool), StorageError> {
    let partitions = topics::access(topic).map_or(1, |row| row.partitions);
    let now = node.store.clock().now();
    let mut alive = keeper::alive(node, Some(me.group), now).await?;
    if !alive.contains(&me.owner) {
        alive.push(me.owner);
    }
    let partitions = usize::try_from(partitions).unwrap_or(usize::MAX);
    let share = partitions.div_ceil(alive.len());
    let mut rows = rows_of(node, me.group, topic).await?;
    if rows.len() < partitions {
        add_rows(node, me.group, topic, partitions).await?;
        rows = rows_of(node, me.group, topic).await?;
    }
    let mine: Vec<i32> = rows
        .iter()
        .filter(|row| row.owner == Some(me.owner))
        .map(|row| row.shard)
        .collect();
    let free: Vec<(i32, Option<Uuid>)> = rows
        .iter()
        .filter(|row| row.owner.is_none_or(|owner| !alive.contains(&owner)))
        .map(|row| (row.shard, row.owner))
        .collect();
    if mine.len() > share || (mine.len() < share && !free.is_empty()) {
        let tx = node.begin(me.group).await?;
        for shard in mine.iter().skip(share) {
            hand_over(&tx, me.group, topic, *shard, Some(me.owner), None).await?;
        }
        for (shard, owner) in free.into_iter().take(share.saturating_sub(mine.len())) {
            hand_over(&tx, me.group, topic, shard, owner, Some(me.owner)).await?;
        }
        tx.commit(&()).await?;
        rows = rows_of(node, me.group, topic).await?;
    }
    let shards: Shards = rows
        .into_iter()
        .filter(|row| row.owner == Some(me.owner))
        .map(|row| (row.shard, position(&row)))
        .collect();
    let satisfied = shards.len() >= share;
    Ok((shards, satisfied))
}

pub(super) fn position(row: &offset::Model) -> Position {
    Position {
        epoch: row.epoch,
        xid: row.xid,
        seq: row.seq,
    }
}

async fn rows_of(
    node: &Node,
    group: &str,
    topic: &str,
) -> Result<Vec<offset::Model>, StorageError> {
    let rows = offset::Entity::find()
        .filter(offset::Column::GroupName.eq(group))
        .filter(offset::Column::Topic.eq(topic));
    Ok(rows.all(&node.store.read()).await?)
}

async fn add_rows(
    node: &Node,
    group: &str,
    topic: &str,
    partitions: usize,
) -> Result<(), StorageError> {
    let tx = node.begin(group).await?;
    let start = Position::default();
    let rows =
        (0..i32::try_from(partitions).unwrap_or(i32::MAX)).map(|shard| offset::ActiveModel {
            group_name: Set(group.to_owned()),
            topic: Set(topic.to_owned()),
            shard: Set(shard),
            owner: Set(None),
            epoch: Set(start.epoch),
            xid: Set(start.xid),
            seq: Set(start.seq),
        });
    let key = [
        offset::Column::GroupName,
        offset::Column::Topic,
        offset::Column::Shard,
    ];
    offset::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx.conn())
        .await?;
    tx.commit(&()).await
}

/// Changes the owner of a shard, unless somebody else has done so in the meantime.
async fn hand_over(
    tx: &Tx,
    group: &str,
    topic: &str,
    shard: i32,
    from: Option<Uuid>,
    to: Option<Uuid>,
) -> Result<(), StorageError> {
    let owned = match from {
        Some(owner) => offset::Column::Owner.eq(owner),
        None => offset::Column::Owner.is_null(),
    };
    offset::Entity::update_many()
        .col_expr(offset::Column::Owner, Expr::value(to))
        .filter(offset::Column::GroupName.eq(group))
        .filter(offset::Column::Topic.eq(topic))
        .filter(offset::Column::Shard.eq(shard))
        .filter(owned)
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Holds the shards for this transaction and moves them to `to` where given; `false` where one of
/// them belongs to somebody else by now.
pub(super) async fn fence(
    tx: &Tx,
    me: Claimant,
    topic: &str,
    shards: &[i32],
    to: Option<Position>,
) -> Result<bool, StorageError> {
    let mut update =
        offset::Entity::update_many().col_expr(offset::Column::Owner, Expr::value(me.owner));
    if let Some(to) = to {
        update = update
            .col_expr(offset::Column::Epoch, Expr::value(to.epoch))
            .col_expr(offset::Column::Xid, Expr::value(to.xid))
            .col_expr(offset::Column::Seq, Expr::value(to.seq));
    }
    let held = update
        .filter(offset::Column::GroupName.eq(me.group))
        .filter(offset::Column::Topic.eq(topic))
        .filter(offset::Column::Shard.is_in(shards.iter().copied()))
        .filter(offset::Column::Owner.eq(me.owner))
        .exec(tx.conn())
        .await?
        .rows_affected;
    Ok(usize::try_from(held).unwrap_or(usize::MAX) == shards.len())
}
