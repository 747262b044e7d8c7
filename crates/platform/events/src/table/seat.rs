//! A consumer's place among those alive: a row with a lease, which the keeper renews for as long
//! as the consumer's task lives.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use tb_storage::{Origin, StorageError, Store, Tx};
use uuid::Uuid;

use super::node::Node;
use crate::entity::{member, offset};

pub(super) struct Seat {
    node: Arc<Node>,
    pub(super) id: Uuid,
    pub(super) group: &'static str,
}

impl Drop for Seat {
    // A task that is dropped cannot write; its lease is not renewed any more and runs out.
    fn drop(&mut self) {
        self.node.seats.lock().remove(&self.id);
    }
}

impl Seat {
    pub(super) async fn take(node: Arc<Node>, group: &'static str) -> Result<Self, StorageError> {
        let id = node.store.new_id();
        let tx = node.begin(group).await?;
        row(&node, &tx, id, group).insert(tx.conn()).await?;
        tx.commit(&()).await?;
        node.seats.lock().insert(id, group);
        Ok(Self { node, id, group })
    }

    /// Gives the shards back at once, so that nobody waits for the lease to run out.
    pub(super) async fn leave(self) -> Result<(), StorageError> {
        // The keeper is not to renew a seat that is being given up.
        self.node.seats.lock().remove(&self.id);
        let tx = self.node.begin(self.group).await?;
        offset::Entity::update_many()
            .col_expr(offset::Column::Owner, Expr::value(None::<Uuid>))
            .filter(offset::Column::Owner.eq(self.id))
            .exec(tx.conn())
            .await?;
        member::Entity::delete_by_id(self.id)
            .exec(tx.conn())
            .await?;
        tx.commit(&()).await
    }
}

fn row(node: &Node, tx: &Tx, id: Uuid, group: &str) -> member::ActiveModel {
    member::ActiveModel {
        id: Set(id),
        process: Set(node.process),
        group_name: Set(group.to_owned()),
        lease_until: Set(tx.now() + node.config.lease),
    }
}

/// Renews the leases of all consumers of this process. One that was forgotten while the process
/// was held up takes its seat again.
pub(super) async fn renew(node: &Node, tx: &Tx) -> Result<(), StorageError> {
    let mut seats = node.seats.lock().clone();
    let mine = member::Column::Process.eq(node.process);
    let renewed = member::Entity::update_many()
        .col_expr(
            member::Column::LeaseUntil,
            Expr::value(tx.now() + node.config.lease),
        )
        .filter(mine.clone())
        .filter(member::Column::Id.is_in(seats.keys().copied()))
        .exec(tx.conn())
        .await?
        .rows_affected;
    if renewed >= seats.len() as u64 {
        return Ok(());
    }
    let known: Vec<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(mine)
        .into_tuple()
        .all(tx.conn())
        .await?;
    seats.retain(|id, _| !known.contains(id));
    member::Entity::insert_many(seats.iter().map(|(id, group)| row(node, tx, *id, group)))
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Forgets consumers whose lease ran out before `before`, as those of killed processes; returns
/// how many.
pub async fn forget_members(store: &Store, before: DateTime<Utc>) -> Result<u64, StorageError> {
    let tx = store
        .begin(Origin::system("forget_members", store.new_id().into()))
        .await?;
    let gone = member::Entity::delete_many()
        .filter(member::Column::LeaseUntil.lt(before))
        .exec(tx.conn())
        .await?;
    tx.commit(&()).await?;
    Ok(gone.rows_affected)
}
