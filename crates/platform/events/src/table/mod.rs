//! The table driver: the outbox is the log, and consumers keep offsets, inbox and parked events in
//! the same database. Consumers of a group share the shards of each topic by lease; one keeper per
//! process watches the end of the log, the parked events and the leases for all of them.

mod batch;
mod claim;
mod consumer;
mod deliver;
mod gauges;
mod keeper;
mod news;
mod node;
mod operate;
mod park;
mod prune;
mod report;
mod retry;
mod seat;

use std::sync::Arc;

use tb_kernel::{Event, Fault, Page, PageRequest};
use tb_storage::{Origin, Position, Store};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::config::TableConfig;
use crate::handler::Subscription;
use crate::log::{DeadLetterFilter, EventLog, LagRow, ParkedEvent, ReplayReport, Selection};
use node::Node;

pub use prune::{Pruned, Pruning};
pub use seat::forget_members;

/// The table driver; cheap to clone. Make one per process and share it.
#[derive(Clone)]
pub struct TableLog(Arc<Node>);

impl std::fmt::Debug for TableLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TableLog({:?})", self.0.store)
    }
}

impl TableLog {
    /// The log over the outbox of this store.
    pub fn new(store: Store, config: TableConfig) -> Self {
        Self(Arc::new(Node::new(store, config)))
    }

    /// Forgets what is old and what everybody has taken; returns how much.
    pub async fn prune(&self, pruning: &Pruning) -> Result<Pruned, Fault> {
        Ok(prune::prune(&self.0.store, pruning).await?)
    }
}

#[async_trait::async_trait]
impl EventLog for TableLog {
    async fn run(
        &self,
        subscription: Subscription,
        shutdown: CancellationToken,
    ) -> Result<(), Fault> {
        crate::access::check(&subscription)?;
        consumer::run(Arc::clone(&self.0), subscription, shutdown).await;
        Ok(())
    }

    async fn read(
        &self,
        topic: &str,
        after: Position,
        limit: u64,
    ) -> Result<Vec<(Position, Event)>, Fault> {
        report::read(&self.0.store, topic, after, limit).await
    }

    async fn lag(&self, group: Option<&str>) -> Result<Vec<LagRow>, Fault> {
        report::lag(&self.0.store, group).await
    }

    async fn parked(&self, group: &str, page: &PageRequest) -> Result<Page<ParkedEvent>, Fault> {
        report::parked(&self.0.store, group, page).await
    }

    async fn dead_letters(
        &self,
        filter: &DeadLetterFilter,
        page: &PageRequest,
    ) -> Result<Page<ParkedEvent>, Fault> {
        report::dead_letters(&self.0.store, filter, page).await
    }

    async fn replay(
        &self,
        origin: Origin,
        selection: Selection,
        dry_run: bool,
    ) -> Result<ReplayReport, Fault> {
        operate::replay(&self.0, origin, selection, dry_run).await
    }

    async fn discard(&self, origin: Origin, id: Uuid) -> Result<(), Fault> {
        operate::discard(&self.0, origin, id).await
    }
}
