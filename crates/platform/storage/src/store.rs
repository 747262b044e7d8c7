//! The way into storage: everything a transaction needs, in one cheap handle.

use std::sync::Arc;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    DatabaseConnection, EntityTrait, QueryFilter, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tb_kernel::{Actor, Clock, Entropy, RequestId};
use uuid::Uuid;

use crate::audit::AuditEntry;
use crate::blob::Blobs;
use crate::conn::Conn;
use crate::connect::Database;
use crate::entity::outbox;
use crate::epoch;
use crate::error::StorageError;
use crate::idempotency::{self, IdempotencyKey, StoredAnswer};
use crate::position;
use crate::sealed::Sealer;
use crate::tx::Tx;
use crate::wake::Wake;

/// Who writes, on what request.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Who acts.
    pub actor: Actor,
    /// Acting as what: a role's or post's key.
    pub acting_as: String,
    /// Request or job run.
    pub request_id: RequestId,
    /// Key of an idempotent request.
    pub idempotency: Option<IdempotencyKey>,
}

impl Origin {
    /// The platform itself: a timer, a consumer, an import.
    pub fn system(job: &str, request_id: RequestId) -> Self {
        Self {
            actor: Actor::system(),
            acting_as: job.to_owned(),
            request_id,
            idempotency: None,
        }
    }
}

/// The handle of storage; cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    database: Database,
    sealer: Arc<Sealer>,
    blobs: Blobs,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    wake: Wake,
    epoch: i64,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Store({:?}, epoch {})",
            self.0.database.backend(),
            self.0.epoch
        )
    }
}

impl Store {
    /// A store over an open and migrated database.
    pub async fn new(
        database: Database,
        sealer: Arc<Sealer>,
        blobs: Blobs,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StorageError> {
        let epoch = epoch::settle(&Conn::Pool(database.writer.clone())).await?;
        Ok(Self(Arc::new(Inner {
            database,
            sealer,
            blobs,
            clock,
            entropy,
            wake: Wake::default(),
            epoch,
        })))
    }

    /// Opens for reading.
    pub fn read(&self) -> Conn {
        Conn::Pool(self.0.database.reader.clone())
    }

    /// Opens a transaction for writing. Where the request was answered before, the error carries
    /// that answer. Never call this while another transaction of the same task is open.
    pub async fn begin(&self, origin: Origin) -> Result<Tx, StorageError> {
        let conn = Conn::Tx(begin(&self.0.database.writer).await?);
        if let Some(key) = &origin.idempotency {
            idempotency::take(&conn, &self.0.sealer, key, self.0.clock.now()).await?;
        }
        Ok(Tx::new(conn, self.clone(), origin))
    }

    /// Records a read of unmasked data; the caller answers only after this.
    pub async fn record_read(&self, origin: Origin, entry: AuditEntry) -> Result<(), StorageError> {
        self.record_reads(origin, vec![entry]).await
    }

    /// Records reads of many objects in one transaction.
    pub async fn record_reads(
        &self,
        origin: Origin,
        entries: Vec<AuditEntry>,
    ) -> Result<(), StorageError> {
        let origin = Origin {
            idempotency: None,
            ..origin
        };
        let mut tx = self.begin(origin).await?;
        for entry in entries {
            tx.audit(AuditEntry {
                result: "read",
                ..entry
            });
        }
        tx.commit(&()).await
    }

    /// The answer given before to an idempotent request.
    pub async fn answered(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<StoredAnswer>, StorageError> {
        idempotency::find(&self.read(), &self.0.sealer, key).await
    }

    pub(crate) fn writer(&self) -> Conn {
        Conn::Pool(self.0.database.writer.clone())
    }

    /// Looks at the sizes of tables anew, where the database does not do so by itself.
    pub async fn refresh_statistics(&self) -> Result<(), StorageError> {
        self.0.database.refresh_statistics().await
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StorageError> {
        sea_orm::ConnectionTrait::execute_unprepared(&self.read(), "SELECT 1").await?;
        Ok(())
    }

    /// Whether every event is below the oldest open transaction, so that readers see it: on a busy
    /// PostgreSQL server that takes a moment after the commit.
    pub async fn is_settled(&self) -> Result<bool, StorageError> {
        let conn = self.read();
        let open = outbox::Entity::find()
            .filter(position::settled(&conn, self.epoch()).not())
            .one(&conn)
            .await?;
        Ok(open.is_none())
    }

    /// The open database.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Seals and opens personal data.
    pub fn sealer(&self) -> &Sealer {
        &self.0.sealer
    }

    /// Files.
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    /// Randomness.
    pub fn entropy(&self) -> &dyn Entropy {
        self.0.entropy.as_ref()
    }

    /// The bell that rings after commits with events.
    pub fn wake(&self) -> &Wake {
        &self.0.wake
    }

    /// The present epoch of positions.
    pub fn epoch(&self) -> i64 {
        self.0.epoch
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        tb_kernel::id::new_v7(self.0.clock.now(), self.0.entropy.as_ref())
    }
}

async fn begin(writer: &DatabaseConnection) -> Result<sea_orm::DatabaseTransaction, StorageError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(writer.begin_with_options(options).await?)
}
