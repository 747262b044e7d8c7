//! What can go wrong in storage, and how callers see it.

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};
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
    /// The blob store does not let us in.
    #[error(
        "blob store: it refuses the access key, its secret, or the rights of that key to this bucket"
    )]
    BlobsRefused,
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
            StorageError::Database(ref cause) if passes(cause) => {
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

/// Whether the same may go well a moment later: the database was out of reach, or it ended the
/// transaction because others stood in its way.
fn passes(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match error.as_ref() {
                SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed => true,
                SqlxError::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The codes of trouble that passes. PostgreSQL's have five characters: 08 no connection, 40
/// deadlock or serialisation failure, 53300 too many connections, 55P03 a lock not to be had, 57P
/// the server stops or starts. `SQLite`'s are numbers, busy and locked in the lower byte.
fn is_passing(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "40", "53300", "55P03", "57P"]
            .iter()
            .any(|class| code.starts_with(class));
    }
    code.parse::<u32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}

/// Whether an insert met a row with the same unique key.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
