//! One transaction: rows, audit entries, outbox events and the answer of an idempotent request are
//! committed together. Dropping it unfinished rolls everything back.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::NotSet, ConnectionTrait, EntityTrait, Set};
use serde::Serialize;
use tb_contract::topics;
use tb_kernel::{Actor, Event};
use uuid::Uuid;

use crate::audit::{self, AuditEntry, Witness};
use crate::conn::Conn;
use crate::entity::outbox;
use crate::error::StorageError;
use crate::idempotency;
use crate::sealed::{Column, Sealer};
use crate::store::{Origin, Store};

/// The sealed payload of an outbox row; its row is the event's id.
pub const PAYLOAD: Column = Column::new("platform_outbox", "payload");

/// The largest payload; larger things go by reference.
pub const MAX_PAYLOAD: usize = 900 * 1024;

/// An event to be written with the change.
#[derive(Clone, Debug)]
pub struct NewEvent<'a, T> {
    /// Topic.
    pub topic: &'a str,
    /// Aggregate's number.
    pub key: &'a str,
    /// `<domain>.<noun>.<past participle>`.
    pub kind: &'a str,
    /// Version of the aggregate after the change.
    pub version: i64,
    /// The event that caused this one.
    pub causation_id: Option<Uuid>,
    /// Credit code of the department concerned.
    pub department_code: Option<&'a str>,
    /// Path of the region concerned.
    pub region_path: Option<String>,
    /// Payload.
    pub payload: &'a T,
}

/// A transaction under way.
pub struct Tx {
    conn: Conn,
    store: Store,
    origin: Origin,
    now: DateTime<Utc>,
    audit: Vec<AuditEntry>,
    outbox: Vec<outbox::ActiveModel>,
    rings: bool,
    after_commit: Vec<Box<dyn FnOnce() + Send + Sync>>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tx({:?})", self.origin.request_id)
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn, store: Store, origin: Origin) -> Self {
        // One moment for the whole transaction: its rows and events agree.
        let now = audit::microseconds(store.clock().now());
        Self {
            conn,
            store,
            origin,
            now,
            audit: Vec::new(),
            outbox: Vec::new(),
            rings: false,
            after_commit: Vec::new(),
        }
    }

    /// Where queries of this transaction run.
    pub fn conn(&self) -> &Conn {
        &self.conn
    }

    /// The moment of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.origin.actor
    }

    /// Seals and opens personal data.
    pub fn sealer(&self) -> &Sealer {
        self.store.sealer()
    }

    /// The store this transaction belongs to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        tb_kernel::id::new_v7(self.now, self.store.entropy())
    }

    /// Says in what capacity the actor does this, where it is not what the guard of the route found.
    pub fn act_as(&mut self, capacity: String) {
        self.origin.acting_as = capacity;
    }

    /// Records an audit entry.
    pub fn audit(&mut self, entry: AuditEntry) {
        self.audit.push(entry);
    }

    /// Records that an action was done to an object.
    pub fn done(
        &mut self,
        action: &'static str,
        object_kind: &'static str,
        object_id: impl ToString,
    ) {
        self.audit(AuditEntry {
            action,
            object_kind,
            object_id: object_id.to_string(),
            result: "done",
            reason: None,
        });
    }

    /// Rings the bell after the commit as events do, for other work that lies in a table.
    pub fn ring_on_commit(&mut self) {
        self.rings = true;
    }

    /// Adds an event to the outbox and returns its id. The domain named by the event's kind must
    /// be the one whose events the access list puts on the topic.
    pub fn emit<T: Serialize>(&mut self, event: NewEvent<'_, T>) -> Result<Uuid, StorageError> {
        let access = topics::access(event.topic)
            .ok_or(StorageError::Misuse("the topic is not in the access list"))?;
        if event.kind.split('.').next() != Some(access.kinds) {
            return Err(StorageError::Misuse(
                "the access list names another kind of event for this topic",
            ));
        }
        let payload = serde_json::to_vec(event.payload)?;
        if payload.len() > MAX_PAYLOAD {
            return Err(StorageError::Misuse(
                "the payload is over 900 KiB: send a reference",
            ));
        }
        let id = self.new_id();
        self.outbox.push(outbox::ActiveModel {
            seq: NotSet,
            xid: NotSet,
            epoch: Set(self.store.epoch()),
            id: Set(id),
            topic: Set(event.topic.to_owned()),
            shard: Set(tb_kernel::event::shard(event.key, access.partitions)),
            key: Set(event.key.to_owned()),
            kind: Set(event.kind.to_owned()),
            time: Set(self.now),
            version: Set(event.version),
            correlation_id: Set(event.key.to_owned()),
            causation_id: Set(event.causation_id),
            department_code: Set(event.department_code.map(str::to_owned)),
            region_path: Set(event.region_path),
            payload: Set(self.sealer().seal(PAYLOAD, id, &payload)?),
        });
        Ok(id)
    }

    /// Does something once this transaction is committed, and never if it is not: hints to open
    /// pages, which must not ask again before there is something to see.
    pub fn after_commit(&mut self, then: impl FnOnce() + Send + Sync + 'static) {
        self.after_commit.push(Box::new(then));
    }

    /// Writes what is pending and commits. `answer` is what a repeat of the request will get.
    pub async fn commit<T: Serialize>(mut self, answer: &T) -> Result<(), StorageError> {
        let rings = self.rings || !self.outbox.is_empty();
        let wrote =
            self.origin.idempotency.is_some() || !self.outbox.is_empty() || !self.audit.is_empty();
        self.write_pending().await?;
        if let Some(key) = &self.origin.idempotency {
            idempotency::answer(
                &self.conn,
                self.store.sealer(),
                key,
                &serde_json::to_vec(answer)?,
            )
            .await?;
        }
        if !(wrote || self.conn.is_sqlite()) {
            // PostgreSQL answers the commit of a transaction in which a statement has failed by a
            // silent rollback; any statement before it tells.
            self.conn.execute_unprepared("SELECT 1").await?;
        }
        if let Conn::Tx(tx) = self.conn {
            tx.commit().await?;
        }
        if rings {
            self.store.wake().ring();
        }
        self.after_commit.into_iter().for_each(|then| then());
        Ok(())
    }

    async fn write_pending(&mut self) -> Result<(), StorageError> {
        let witness = Witness {
            actor_id: self.origin.actor.id.0,
            acting_as: std::mem::take(&mut self.origin.acting_as),
            request_id: self.origin.request_id.0,
            at: self.now,
            epoch: self.store.epoch(),
        };
        let entries = std::mem::take(&mut self.audit);
        let rows = entries
            .into_iter()
            .map(|entry| audit::row(entry, self.new_id(), &witness, self.store.sealer()))
            .collect::<Result<Vec<_>, _>>()?;
        if !rows.is_empty() {
            crate::entity::audit::Entity::insert_many(rows)
                .exec_without_returning(&self.conn)
                .await?;
        }
        let events = std::mem::take(&mut self.outbox);
        if !events.is_empty() {
            outbox::Entity::insert_many(events)
                .exec_without_returning(&self.conn)
                .await?;
        }
        Ok(())
    }
}

/// Opens a row of the outbox.
pub fn open_event(row: outbox::Model, sealer: &Sealer) -> Result<Event, StorageError> {
    let payload = sealer.open_json(PAYLOAD, row.id, &row.payload)?;
    Ok(Event {
        id: row.id,
        topic: row.topic,
        key: row.key,
        kind: row.kind,
        time: row.time,
        version: row.version,
        correlation_id: row.correlation_id,
        causation_id: row.causation_id,
        department_code: row.department_code,
        region_path: row.region_path,
        payload,
    })
}
