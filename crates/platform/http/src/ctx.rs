//! The context of a request, as handlers take it: who acts under which permission on which rows,
//! the clock, the openers of storage, the language and the request id.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use tb_contract::access::Permission;
use tb_kernel::{Actor, Fault, Locale, RequestId, Scope};
use tb_storage::{AuditEntry, Conn, IdempotencyKey, Origin, StorageError, Store, Tx};

use crate::caller::{Caller, kiosk_key};
use crate::edge::Edge;
use crate::guard::Granted;
use crate::problem::Problem;

/// The context of a request under permission `P`.
pub struct Ctx<P> {
    edge: Edge,
    caller: Caller,
    granted: Granted,
    // The first transaction of the request takes the key; its answer is the request's answer.
    idempotency: Arc<Mutex<Option<IdempotencyKey>>>,
    permission: PhantomData<P>,
}

impl<P> std::fmt::Debug for Ctx<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ctx({}, {:?})", self.granted.key, self.caller.actor)
    }
}

impl<P: Permission, S: Sync> FromRequestParts<S> for Ctx<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let outside = || {
            Problem(Fault::internal(
                "a handler with a context stands outside the edge",
            ))
        };
        let edge = parts
            .extensions
            .get::<Edge>()
            .cloned()
            .ok_or_else(outside)?;
        let caller = parts
            .extensions
            .get::<Caller>()
            .cloned()
            .ok_or_else(outside)?;
        let granted = parts
            .extensions
            .get::<Granted>()
            .cloned()
            .ok_or_else(outside)?;
        if granted.key != P::KEY {
            return Err(Problem(Fault::internal(format!(
                "the route is guarded by {}, its handler by {}",
                granted.key,
                P::KEY
            ))));
        }
        let key = parts.extensions.get::<IdempotencyKey>().cloned();
        Ok(Self {
            edge,
            caller,
            granted,
            idempotency: Arc::new(Mutex::new(key)),
            permission: PhantomData,
        })
    }
}

impl<P> Ctx<P> {
    /// Opens for reading.
    pub fn read(&self) -> Conn {
        self.edge.store().read()
    }

    /// Opens a transaction. Where this very request was answered before, the error carries that
    /// answer and the edge repeats it.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        self.edge.store().begin(self.origin_once()).await
    }

    /// Records that personal data is about to be shown unmasked; answer only after this.
    pub async fn record_read(
        &self,
        object_kind: &'static str,
        object_id: impl ToString,
    ) -> Result<(), StorageError> {
        let entry = AuditEntry {
            action: self.granted.key,
            object_kind,
            object_id: object_id.to_string(),
            result: "read",
            reason: None,
        };
        self.edge.store().record_read(self.origin(), entry).await
    }

    /// The same as [`Ctx::origin`] with the key of the request, for a part of the platform that opens
    /// the transaction itself. What it commits as its answer is what a repeat gets.
    pub fn origin_once(&self) -> Origin {
        let key = self
            .idempotency
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        Origin {
            idempotency: key,
            ..self.origin()
        }
    }

    /// Who writes, for audit rows. Without the key of the request: a repeat would not be recognised.
    pub fn origin(&self) -> Origin {
        Origin {
            actor: self.caller.actor.clone(),
            acting_as: self.granted.acting_as.clone(),
            request_id: self.caller.request_id,
            idempotency: None,
        }
    }

    /// The rows within reach.
    pub fn scope(&self) -> &Scope {
        &self.granted.scope
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.caller.actor
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.edge.store().clock().now()
    }

    /// The caller's language.
    pub fn locale(&self) -> Locale {
        self.caller.locale
    }

    /// Id of the request.
    pub fn request_id(&self) -> RequestId {
        self.caller.request_id
    }

    /// What limits count the caller by: the kiosk that he stands at, else his network address.
    pub fn source(&self) -> Cow<'_, str> {
        match &self.caller.actor.kiosk {
            Some(kiosk) => Cow::Owned(kiosk_key(kiosk.id)),
            None => Cow::Borrowed(self.address()),
        }
    }

    /// The caller's network address, for limits and sessions.
    pub fn address(&self) -> &str {
        &self.caller.address
    }

    /// Storage.
    pub fn store(&self) -> &Store {
        self.edge.store()
    }

    /// The edge.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }
}
