//! Delivery of one batch: fast in one transaction; after any failure again, event by event, with
//! what fails parked. Inbox row, effect and fence are always in the same transaction.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};
use tb_kernel::{ErrorKind, Event, Fault};
use tb_storage::entity::outbox;
use tb_storage::{Position, StorageError, Tx, open_event};
use uuid::Uuid;

use super::claim::{Claimant, fence};
use super::node::Node;
use super::park::{self, Obstacle, Verdict};
use crate::entity::{inbox, parked};
use crate::handler::{HandleError, Subscription};

/// Why a delivery was broken off.
#[derive(Debug)]
pub(super) enum Abort {
    /// Another consumer owns the shard now.
    Lost,
    /// The database does not do its part.
    Failed(StorageError),
}

impl From<StorageError> for Abort {
    fn from(error: StorageError) -> Self {
        Self::Failed(error)
    }
}

impl From<DbErr> for Abort {
    fn from(error: DbErr) -> Self {
        Self::Failed(error.into())
    }
}

/// What is to be done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Nothing: handled or parked before, or of a kind not wanted.
    Pass,
    /// Park it behind an earlier one of its key.
    Follow,
    /// Handle it.
    Handle,
}

/// A consumer at work on a topic.
#[derive(Clone, Copy)]
pub(super) struct Delivery<'a> {
    pub(super) node: &'a Node,
    pub(super) subscription: &'a Subscription,
    pub(super) me: Claimant,
    pub(super) topic: &'a str,
}

impl Delivery<'_> {
    /// Delivers the batch in one transaction that also moves the shards to `end`; `false` where
    /// an event failed and nothing was done.
    pub(super) async fn fast(
        &self,
        rows: &[outbox::Model],
        shards: &[i32],
        end: Position,
    ) -> Result<bool, Abort> {
        let mut tx = self.node.begin(self.me.group).await?;
        if !fence(&tx, self.me, self.topic, shards, Some(end)).await? {
            return Err(Abort::Lost);
        }
        let steps = self.steps(&tx, rows).await?;
        let handled = with_step(rows, &steps, Step::Handle);
        self.mark_handled(&tx, &handled).await?;
        let followers = with_step(rows, &steps, Step::Follow);
        self.park_followers(&tx, &followers).await?;
        for row in &handled {
            if self.handle(&mut tx, row).await.is_err() {
                return Ok(false);
            }
        }
        let woken = self.wake_early(&tx, &handled).await?;
        tx.commit(&()).await?;
        self.after(woken);
        self.count("handled", handled.len());
        self.count("followed", followers.len());
        Ok(true)
    }

    /// Delivers one event in a transaction of its own, or parks it in another.
    pub(super) async fn careful(&self, row: &outbox::Model) -> Result<(), Abort> {
        let mut tx = self.begin_fenced(row.shard).await?;
        let rows = std::slice::from_ref(row);
        let error = match self.steps(&tx, rows).await?.first() {
            Some(Step::Handle) => {
                self.mark_handled(&tx, &[row]).await?;
                match self.handle(&mut tx, row).await {
                    Ok(()) => {
                        let woken = self.wake_early(&tx, &[row]).await?;
                        tx.commit(&()).await?;
                        self.after(woken);
                        self.count("handled", 1);
                        return Ok(());
                    }
                    Err(error) => error,
                }
            }
            Some(Step::Follow) => {
                self.park_followers(&tx, &[row]).await?;
                tx.commit(&()).await?;
                self.count("followed", 1);
                return Ok(());
            }
            Some(Step::Pass) | None => return Ok(()),
        };
        // What the handler did must be gone before the event is parked.
        drop(tx);
        let verdict = Verdict::of(self.node, &error, None);
        self.log_failure(row.id, &error, &verdict);
        let tx = self.begin_fenced(row.shard).await?;
        park::new_row(&tx, self.me.group, row, &verdict)
            .insert(tx.conn())
            .await?;
        tx.commit(&()).await?;
        self.count(verdict.reason, 1);
        Ok(())
    }

    /// A transaction that holds a shard.
    pub(super) async fn begin_fenced(&self, shard: i32) -> Result<Tx, Abort> {
        let tx = self.node.begin(self.me.group).await?;
        if fence(&tx, self.me, self.topic, &[shard], None).await? {
            Ok(tx)
        } else {
            Err(Abort::Lost)
        }
    }

    /// Opens an event and gives it to the handler; a panic counts as a transient failure.
    pub(super) async fn handle(&self, tx: &mut Tx, row: &outbox::Model) -> Result<(), HandleError> {
        let event: Event = open_event(row.clone(), tx.sealer())?;
        let call = AssertUnwindSafe(self.subscription.handler.handle(tx, &event));
        match call.catch_unwind().await {
            Ok(result) => result,
            Err(_) => Err(HandleError::Transient(Fault::new(
                ErrorKind::Internal,
                "events.handler_panicked",
            ))),
        }
    }

    async fn steps(&self, tx: &Tx, rows: &[outbox::Model]) -> Result<Vec<Step>, StorageError> {
        let handled: Vec<Uuid> = inbox::Entity::find()
            .select_only()
            .column(inbox::Column::EventId)
            .filter(inbox::Column::GroupName.eq(self.me.group))
            .filter(inbox::Column::EventId.is_in(rows.iter().map(|row| row.id)))
            .into_tuple()
            .all(tx.conn())
            .await?;
        let keys = rows.iter().map(|row| row.key.as_str());
        let parked = park::of_keys(tx.conn(), self.me.group, self.topic, keys).await?;
        let mut obstacles: Vec<Obstacle<'_>> = parked.iter().map(Obstacle::from).collect();
        let mut steps = Vec::with_capacity(rows.len());
        for row in rows {
            let known =
                handled.contains(&row.id) || parked.iter().any(|other| other.event_id == row.id);
            let blocked = || {
                obstacles
                    .iter()
                    .any(|other| other.blocks(&row.key, row.seq, row.version))
            };
            steps.push(if known || !self.subscription.wants(&row.kind) {
                Step::Pass
            } else if blocked() {
                obstacles.push(Obstacle::follower(row));
                Step::Follow
            } else {
                Step::Handle
            });
        }
        Ok(steps)
    }

    pub(super) async fn mark_handled(
        &self,
        tx: &Tx,
        rows: &[&outbox::Model],
    ) -> Result<(), StorageError> {
        if rows.is_empty() {
            return Ok(());
        }
        let marks = rows.iter().map(|row| inbox::ActiveModel {
            group_name: Set(self.me.group.to_owned()),
            event_id: Set(row.id),
            outcome: Set("handled".to_owned()),
            handled_at: Set(tx.now()),
        });
        inbox::Entity::insert_many(marks)
            .exec_without_returning(tx.conn())
            .await?;
        Ok(())
    }

    async fn park_followers(&self, tx: &Tx, rows: &[&outbox::Model]) -> Result<(), StorageError> {
        if rows.is_empty() {
            return Ok(());
        }
        let verdict = Verdict::follower();
        let rows = rows
            .iter()
            .map(|row| park::new_row(tx, self.me.group, row, &verdict));
        parked::Entity::insert_many(rows)
            .exec_without_returning(tx.conn())
            .await?;
        Ok(())
    }

    /// Also the last statement before every commit: PostgreSQL would take the commit of a
    /// transaction in which a statement has failed and roll back without an error.
    pub(super) async fn wake_early(
        &self,
        tx: &Tx,
        rows: &[&outbox::Model],
    ) -> Result<bool, StorageError> {
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        park::wake_early(tx, self.me.group, &keys).await
    }

    pub(super) fn after(&self, woken: bool) {
        if woken {
            self.node.notice_due([self.me.group.to_owned()]);
        }
    }

    pub(super) fn log_failure(&self, event_id: Uuid, error: &HandleError, verdict: &Verdict) {
        let cause = match error {
            HandleError::Transient(fault) => fault.to_string(),
            other => other.to_string(),
        };
        let (group, topic) = (self.me.group, self.topic);
        if verdict.state == park::DEAD {
            tracing::error!(group, topic, %event_id, attempts = verdict.attempts, cause, "event given up");
        } else {
            tracing::info!(group, topic, %event_id, attempts = verdict.attempts, cause, "event parked");
        }
    }

    /// Counts events by what became of them.
    pub(super) fn count(&self, outcome: &'static str, events: usize) {
        if events > 0 {
            let (group, topic) = (self.me.group, self.topic.to_owned());
            metrics::counter!("tongban_events_total", "group" => group, "topic" => topic, "outcome" => outcome)
                .increment(events as u64);
        }
    }
}

fn with_step<'r>(
    rows: &'r [outbox::Model],
    steps: &[Step],
    wanted: Step,
) -> Vec<&'r outbox::Model> {
    rows.iter()
        .zip(steps)
        .filter(|(_, step)| **step == wanted)
        .map(|(row, _)| row)
        .collect()
}
