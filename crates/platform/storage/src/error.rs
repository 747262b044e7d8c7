//! What can go wrong in storage, and how callers see it.

use sea_orm::{DbErr, SqlErr};
use tb_kernel::{ErrorKind, Fault};

use crate::idempotency::StoredAnswer;

/// An error of storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A sealed value could not be opened: wrong key, wrong place, or tampered with.
    #[error("sealed value of {column} cannot be opened: {reason}")]
    Sealed {
        /// Column.
        column: String,
        /// Reason.
        reason: &'static str,
    },
    /// The key file is missing or wrong.
    #[error("key ring: {0}")]
    Keys(String),
    /// The blob store failed.
    #[error("blob store: {0}")]
    Blob(#[from] object_store::Error),
    /// A file or folder cannot be used.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// A value cannot be written as or read from JSON.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A rule of storage itself was broken by its caller.
    #[error("{0}")]
    Misuse(&'static str),
    /// The request was answered before: here is that answer.
    #[error("already answered")]
    Answered(StoredAnswer),
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => {
                Self::new(ErrorKind::Unavailable, "http.busy").because(error)
            }
            // The edge recognises the cause and repeats the stored answer.
            StorageError::Answered(_) => {
                Self::new(ErrorKind::Conflict, "http.already_answered").because(error)
            }
            other => Self::internal(other),
        }
    }
}

/// Whether an insert met a row with the same unique key.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
