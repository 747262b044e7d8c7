//! Storage: one database (SQLite or PostgreSQL) behind [`Store`], whose `read` and `begin` are the
//! only openers. A [`Tx`] writes rows, audit entry, outbox events and the answer of an idempotent
//! request together or not at all. Personal data is sealed ([`Sealer`]); files lie in [`Blobs`].

mod audit;
mod begins;
mod blob;
mod conn;
mod connect;
mod content;
mod copy;
pub mod entity;
mod epoch;
mod error;
mod idempotency;
mod keyring;
pub mod migration;
mod pieces;
pub mod position;
mod published;
mod read_audit;
mod seal_audit;
mod sealed;
pub mod signed;
mod spool;
mod store;
mod sweep;
mod tracked;
mod tx;
mod verify_audit;
mod wake;

pub use audit::{AuditEntry, audit_reason};
pub use begins::{begins_with, lies_in};
pub use blob::{BlobConfig, Blobs};
pub use conn::Conn;
pub use connect::{Database, DatabaseConfig};
pub use content::Content;
pub use copy::{
    AuditHead, FileSum, Frozen, Inventory, PostgresPlace, StoredFile, close_sqlite_for_moving,
    inventory, open_with_passphrase, seal_with_passphrase, sqlite_file, sum_of_file,
};
pub use error::{StorageError, is_unique_violation};
pub use idempotency::{IdempotencyKey, StoredAnswer, forget_answers};
pub use keyring::KeyRing;
pub use position::Position;
pub use published::{CalendarTable, Calendars, Department, DepartmentTable, Departments};
pub use read_audit::{AuditFilter, AuditRow, audit_rows};
pub use seal_audit::seal_audit;
pub use sealed::{Column, SealedBytes, Sealer};
pub use spool::{Spool, SpoolReader, Spooled};
pub use store::{Origin, Store};
pub use sweep::{BlobColumn, Swept, sweep_blobs};
pub use tracked::Tracked;
pub use tx::{NewEvent, Tx, open_event};
pub use verify_audit::{AuditReport, verify_audit};
pub use wake::Wake;
