//! What every request can reach: storage, the way to authenticate, texts, limits, live events.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tb_storage::Store;

use crate::actor_token::TokenKeys;
use crate::caller::Authentication;
use crate::limit::Limiter;
use crate::live::Live;
use crate::service::ServiceKey;
use crate::texts::Texts;

/// Settings of the edge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EdgeConfig {
    /// The address people type: decides `Secure` cookies and which Origin is ours.
    pub public_url: String,
    /// Seconds after which a request is given up.
    pub timeout_seconds: u64,
    /// Requests to the API a second per address, held by the role that browsers reach; 0 turns the
    /// limit off.
    pub requests_per_second: u32,
    /// Whether a proxy in front sets `X-Forwarded-For` (its last entry is believed).
    pub behind_proxy: bool,
}

/// The handle of the edge; cheap to clone.
#[derive(Clone)]
pub struct Edge(Arc<Inner>);

struct Inner {
    config: EdgeConfig,
    store: Store,
    authentication: Authentication,
    texts: Texts,
    limiter: Limiter,
    live: Live,
    tokens: TokenKeys,
    service_key: ServiceKey,
}

impl std::fmt::Debug for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edge({})", self.0.config.public_url)
    }
}

impl Edge {
    /// An edge over a store.
    pub fn new(
        config: EdgeConfig,
        store: Store,
        authentication: Authentication,
        texts: Texts,
    ) -> Self {
        let limiter = Limiter::per_second(config.requests_per_second);
        let tokens = TokenKeys::from_seed(store.sealer().derived_key("actor token"));
        let service_key = ServiceKey::from_seed(store.sealer().derived_key("service key"));
        let live = Live::default();
        Self(Arc::new(Inner {
            config,
            store,
            authentication,
            texts,
            limiter,
            live,
            tokens,
            service_key,
        }))
    }

    /// Settings.
    pub fn config(&self) -> &EdgeConfig {
        &self.0.config
    }

    /// Storage.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// How callers are recognised.
    pub fn authentication(&self) -> &Authentication {
        &self.0.authentication
    }

    /// Texts of errors.
    pub fn texts(&self) -> &Texts {
        &self.0.texts
    }

    /// The limit on requests per address.
    pub(crate) fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    /// Live events to browsers.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// Keys of actor tokens.
    pub fn tokens(&self) -> &TokenKeys {
        &self.0.tokens
    }

    /// The key that roles show each other.
    pub fn service_key(&self) -> &ServiceKey {
        &self.0.service_key
    }

    /// Whether the public address is https.
    pub fn is_secure(&self) -> bool {
        self.0.config.public_url.starts_with("https://")
    }
}
