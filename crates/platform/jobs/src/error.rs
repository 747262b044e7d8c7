//! How a job fails.

use sea_orm::DbErr;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::StorageError;

/// Why a job did not do its work. The texts are fixed when the program is written: the operator's
/// page shows them, and they can never hold personal data.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may go better later: tried again with back-off.
    #[error("{}", .0.code)]
    Transient(Fault),
    /// It will never go: dead at once.
    #[error("{code}: {reason}")]
    Permanent {
        /// Stable code.
        code: &'static str,
        /// What is wrong, for the operator.
        reason: &'static str,
    },
}

impl JobError {
    /// A job that will never go.
    pub fn permanent(code: &'static str, reason: &'static str) -> Self {
        Self::Permanent { code, reason }
    }

    pub(crate) fn code_and_text(&self) -> (&'static str, &'static str) {
        match self {
            Self::Transient(fault) => (fault.code, "an internal error; the log has its cause"),
            Self::Permanent { code, reason } => (code, reason),
        }
    }
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            ErrorKind::Internal | ErrorKind::Unavailable => Self::Transient(fault),
            _ => Self::Permanent {
                code: fault.code,
                reason: "the service refused it",
            },
        }
    }
}

impl From<StorageError> for JobError {
    fn from(error: StorageError) -> Self {
        Fault::from(error).into()
    }
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        StorageError::from(error).into()
    }
}
