//! What the consumers of one process share.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use parking_lot::Mutex;
use tb_storage::{Origin, Position, StorageError, Store, Tx};
use tokio::sync::watch;
use uuid::Uuid;

use super::keeper::Watched;
use crate::config::TableConfig;

/// For each topic that holds events, a position up to which there may be news.
pub(super) type News = Arc<BTreeMap<String, Position>>;

/// The groups that have parked events to try again; the number makes every notice a new one.
#[derive(Clone, Debug, Default)]
pub(super) struct Due {
    pub(super) notice: u64,
    pub(super) groups: BTreeSet<String>,
}

pub(super) struct Node {
    pub(super) store: Store,
    pub(super) config: TableConfig,
    /// Tells this process from others.
    pub(super) process: Uuid,
    /// Whoever holds it is the keeper for all.
    pub(super) keeper: tokio::sync::Mutex<Watched>,
    /// Consumers alive in this process.
    pub(super) seats: Mutex<BTreeMap<Uuid, &'static str>>,
    pub(super) news: watch::Sender<News>,
    pub(super) due: watch::Sender<Due>,
    /// Changes when consumers come or go anywhere.
    pub(super) members: watch::Sender<BTreeSet<Uuid>>,
}

impl Node {
    pub(super) fn new(store: Store, config: TableConfig) -> Self {
        Self {
            process: store.new_id(),
            store,
            config,
            keeper: tokio::sync::Mutex::default(),
            seats: Mutex::default(),
            news: watch::Sender::default(),
            due: watch::Sender::default(),
            members: watch::Sender::default(),
        }
    }

    /// A transaction in the name of a group.
    pub(super) async fn begin(&self, group: &str) -> Result<Tx, StorageError> {
        self.store
            .begin(Origin::system(
                &format!("consumer:{group}"),
                self.store.new_id().into(),
            ))
            .await
    }

    /// Says that groups have parked events to try again.
    pub(super) fn notice_due(&self, groups: impl IntoIterator<Item = String>) {
        self.due.send_modify(|due| {
            due.notice = due.notice.wrapping_add(1);
            due.groups = groups.into_iter().collect();
        });
    }
}
