//! A consumer: one task that owns its shards, delivers batches, and tries parked events again. It
//! sleeps until the keeper tells it of news.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tb_storage::StorageError;
use tokio_util::sync::CancellationToken;

use super::batch::{self, Standing};
use super::claim::{self, Claimant};
use super::deliver::{Abort, Delivery};
use super::node::Node;
use super::seat::Seat;
use super::{keeper, retry};
use crate::handler::Subscription;

/// Looks for itself at least so often, whatever the keeper says.
const FALLBACK: Duration = Duration::from_secs(5);
/// Pause after trouble with the database.
const PAUSE: Duration = Duration::from_secs(1);
/// Batches of each topic between two looks at who else is there.
const ROUND: usize = 32;

/// How a round ended.
enum Rest {
    /// All is done.
    Done,
    /// All is done, but others have still to give up shards that are due to us.
    Wanting,
    /// There is more to do.
    Busy,
}

/// Runs until `shutdown`; trouble with the database is waited out.
pub(super) async fn run(node: Arc<Node>, subscription: Subscription, shutdown: CancellationToken) {
    let seat = loop {
        match Seat::take(Arc::clone(&node), subscription.group).await {
            Ok(seat) => break seat,
            Err(error) => {
                tracing::warn!(group = subscription.group, %error, "a consumer cannot start yet");
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    };
    let mut consumer = Consumer {
        me: Claimant {
            group: subscription.group,
            owner: seat.id,
        },
        node: Arc::clone(&node),
        subscription,
        topics: BTreeMap::new(),
        noticed: 0,
    };
    tokio::select! {
        () = consumer.consume(&shutdown) => {}
        () = keeper::keep(&node) => {}
    }
    if let Err(error) = seat.leave().await {
        tracing::warn!(%error, "a consumer could not give back its shards");
    }
}

struct Consumer {
    node: Arc<Node>,
    subscription: Subscription,
    me: Claimant,
    topics: BTreeMap<String, Standing>,
    /// The last notice of due events that was worked off.
    noticed: u64,
}

impl Consumer {
    async fn consume(&mut self, shutdown: &CancellationToken) {
        let mut news = self.node.news.subscribe();
        let mut due = self.node.due.subscribe();
        let mut members = self.node.members.subscribe();
        let mut claim = true;
        while !shutdown.is_cancelled() {
            news.mark_unchanged();
            due.mark_unchanged();
            claim |= members.has_changed().unwrap_or(false);
            members.mark_unchanged();
            let rest = match self.round(claim, shutdown).await {
                Ok(Rest::Done) => (FALLBACK, false),
                Ok(Rest::Wanting) => ((self.node.config.lease / 6).min(FALLBACK), true),
                Ok(Rest::Busy) => (Duration::ZERO, false),
                Err(Abort::Lost) => (Duration::ZERO, true),
                Err(Abort::Failed(error)) => {
                    tracing::warn!(group = self.me.group, %error, "a consumer is held up");
                    (PAUSE, true)
                }
            };
            claim = rest.1;
            let held_up = rest.0 == PAUSE;
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = news.changed(), if !held_up => {}
                _ = due.changed(), if !held_up => {}
                _ = members.changed(), if !held_up => claim = true,
                () = tokio::time::sleep(rest.0) => {}
            }
        }
    }

    /// Does what there is to do, for a while.
    async fn round(&mut self, claim: bool, shutdown: &CancellationToken) -> Result<Rest, Abort> {
        self.claim(claim).await?;
        for _ in 0..ROUND {
            let mut more = self.retry().await?;
            let news = self.node.news.borrow().clone();
            for (topic, standing) in &mut self.topics {
                let Some(end) = news
                    .get(topic)
                    .copied()
                    .filter(|end| *end > standing.scanned)
                else {
                    continue;
                };
                let delivery = Delivery {
                    node: &self.node,
                    subscription: &self.subscription,
                    me: self.me,
                    topic,
                };
                more |= batch::next(delivery, standing, end).await?;
                if shutdown.is_cancelled() {
                    return Ok(Rest::Done);
                }
            }
            if !more {
                let satisfied = self.topics.values().all(|standing| standing.satisfied);
                return Ok(if satisfied { Rest::Done } else { Rest::Wanting });
            }
        }
        Ok(Rest::Busy)
    }

    /// Takes its share of new topics, and of all where `all` says so.
    async fn claim(&mut self, all: bool) -> Result<(), StorageError> {
        let news = self.node.news.borrow().clone();
        for topic in news.keys().filter(|topic| self.subscription.reads(topic)) {
            if self.topics.contains_key(topic) && !all {
                continue;
            }
            let (shards, satisfied) = claim::rebalance(&self.node, self.me, topic).await?;
            let standing = self.topics.entry(topic.clone()).or_default();
            if standing.shards.keys().ne(shards.keys()) {
                // New shards may lie behind.
                standing.scanned = tb_storage::Position::default();
            }
            standing.shards = shards;
            standing.satisfied = satisfied;
        }
        Ok(())
    }

    /// Tries parked events again where the keeper has seen some that are due.
    async fn retry(&mut self) -> Result<bool, Abort> {
        let (notice, due) = {
            let due = self.node.due.borrow();
            (due.notice, due.groups.contains(self.me.group))
        };
        if !due || notice == self.noticed {
            return Ok(false);
        }
        let mut more = false;
        for (topic, standing) in &self.topics {
            let delivery = Delivery {
                node: &self.node,
                subscription: &self.subscription,
                me: self.me,
                topic,
            };
            more |= retry::due(delivery, &standing.shards).await?;
        }
        if !more {
            self.noticed = notice;
        }
        Ok(more)
    }
}
