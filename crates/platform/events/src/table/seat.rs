//! A consumer's place among those alive: a row with a lease, which the keeper renews for as long
//! as the consumer's task lives.

use std::sync::Arc;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use tb_storage::StorageError;
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
        let row = member::ActiveModel {
            id: Set(id),
            process: Set(node.process),
            group_name: Set(group.to_owned()),
            lease_until: Set(tx.now() + node.config.lease),
        };
        row.insert(tx.conn()).await?;
        tx.commit(&()).await?;
        node.seats.lock().insert(id, group);
        Ok(Self { node, id, group })
    }

    /// Gives the shards back at once, so that nobody waits for the lease to run out.
    pub(super) async fn leave(self) -> Result<(), StorageError> {
        let tx = self.node.begin(self.group).await?;
        offset::Entity::update_many()
            .col_expr(
                offset::Column::Owner,
                sea_orm::sea_query::Expr::value(None::<Uuid>),
            )
            .filter(offset::Column::Owner.eq(self.id))
            .exec(tx.conn())
            .await?;
        member::Entity::delete_by_id(self.id)
            .exec(tx.conn())
            .await?;
        tx.commit(&()).await
    }
}
