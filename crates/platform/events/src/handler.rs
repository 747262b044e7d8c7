//! What a consumer writes: a handler, its errors, and what it subscribes to.

use std::sync::Arc;

use sea_orm::DbErr;
use serde::de::DeserializeOwned;
use tb_kernel::{ErrorKind, Event, Fault};
use tb_storage::{StorageError, Tx};

/// Takes one event. What it writes through `tx` is committed together with the mark that this
/// group has handled the event, or not at all; so it must not act outside of `tx`.
#[async_trait::async_trait]
pub trait Handler: Send + Sync {
    /// Takes one event.
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError>;
}

/// Why an event could not be handled. The texts are fixed when the program is written: a dead
/// letter shows them, and they can never hold a piece of the payload.
#[derive(Debug, thiserror::Error)]
pub enum HandleError {
    /// It may go better later: tried again with back-off, dead after a number of attempts.
    #[error("{}", .0.code)]
    Transient(Fault),
    /// It will never go: a dead letter at once.
    #[error("{code}: {reason}")]
    Poison {
        /// Stable code: `approval.unknown_item`.
        code: &'static str,
        /// What is wrong, for the operator.
        reason: &'static str,
    },
    /// Another event has to come first: tried again when one of the same key has been handled.
    #[error("waits for {waits_for}")]
    Early {
        /// What it waits for, for the operator: `the acceptance`.
        waits_for: &'static str,
    },
}

impl HandleError {
    /// A poisonous event.
    pub fn poison(code: &'static str, reason: &'static str) -> Self {
        Self::Poison { code, reason }
    }

    /// An event that is too early.
    pub fn early(waits_for: &'static str) -> Self {
        Self::Early { waits_for }
    }
}

impl From<Fault> for HandleError {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            ErrorKind::Internal | ErrorKind::Unavailable => Self::Transient(fault),
            _ => Self::Poison {
                code: fault.code,
                reason: "the service refused it",
            },
        }
    }
}

impl From<StorageError> for HandleError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Json(error) => error.into(),
            other => Fault::from(other).into(),
        }
    }
}

impl From<DbErr> for HandleError {
    fn from(error: DbErr) -> Self {
        StorageError::from(error).into()
    }
}

impl From<serde_json::Error> for HandleError {
    fn from(_: serde_json::Error) -> Self {
        Self::Poison {
            code: "events.payload",
            reason: "the payload does not have the form of its type",
        }
    }
}

/// The payload in the form that its kind promises; poison where it has another.
pub fn payload<T: DeserializeOwned>(event: &Event) -> Result<T, HandleError> {
    Ok(T::deserialize(&event.payload)?)
}

/// What a consumer group reads, and who handles it.
#[derive(Clone)]
pub struct Subscription {
    /// The group: its domain, or `<domain>:<purpose>` where a domain has several.
    pub group: &'static str,
    /// Topics; one that ends in a dot stands for all topics that begin so, now and later.
    pub topics: Vec<String>,
    /// The kinds wanted; all where empty. Others are passed over.
    pub kinds: Vec<String>,
    /// Who handles them.
    pub handler: Arc<dyn Handler>,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Subscription({} to {:?})", self.group, self.topics)
    }
}

impl Subscription {
    /// A subscription of `group` to nothing yet.
    pub fn new(group: &'static str, handler: Arc<dyn Handler>) -> Self {
        Self {
            group,
            topics: Vec::new(),
            kinds: Vec::new(),
            handler,
        }
    }

    /// Adds a topic, or a family of topics by the start of their names, which ends in a dot.
    #[must_use]
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topics.push(topic.into());
        self
    }

    /// Adds a kind of event that is wanted; without any, all are.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kinds.push(kind.into());
        self
    }

    /// The domain of the group.
    pub fn domain(&self) -> &'static str {
        self.group.split(':').next().unwrap_or(self.group)
    }

    pub(crate) fn reads(&self, topic: &str) -> bool {
        self.topics.iter().any(|wanted| {
            topic == wanted || (wanted.ends_with('.') && topic.starts_with(wanted.as_str()))
        })
    }

    pub(crate) fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind)
    }
}
