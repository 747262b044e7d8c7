//! Sessions of a test: a client that acts as somebody shows a token that only this knows; other
//! tokens go to the real session store where the test has one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tb_contract::ports::{PortResult, SessionActor, Sessions};
use tb_kernel::{AccountId, Actor, KioskRef};
use uuid::Uuid;

/// The sessions of a test app.
#[derive(Default)]
pub(crate) struct TestSessions {
    actors: Mutex<HashMap<String, Actor>>,
    real: OnceLock<Arc<dyn Sessions>>,
}

impl TestSessions {
    /// A token for an actor.
    pub(crate) fn token_for(&self, actor: Actor) -> String {
        let mut actors = self.actors.lock().unwrap();
        let token = format!("test-{}", actors.len());
        actors.insert(token.clone(), actor);
        token
    }

    /// Sends other tokens to a real store.
    pub(crate) fn use_real(&self, sessions: Arc<dyn Sessions>) {
        drop(self.real.set(sessions));
    }
}

#[async_trait]
impl Sessions for TestSessions {
    async fn authenticate(
        &self,
        token: &str,
        at: Option<&KioskRef>,
        is_used: bool,
    ) -> PortResult<Option<SessionActor>> {
        let actor = self.actors.lock().unwrap().get(token).cloned();
        match (actor, self.real.get()) {
            (Some(actor), _) => Ok(Some(SessionActor {
                actor,
                expires_at: DateTime::<Utc>::MAX_UTC,
            })),
            (None, Some(real)) => real.authenticate(token, at, is_used).await,
            (None, None) => Ok(None),
        }
    }

    async fn kiosk(&self, token: &str) -> PortResult<Option<KioskRef>> {
        let actor = self.actors.lock().unwrap().get(token).cloned();
        match (actor, self.real.get()) {
            (Some(actor), _) => Ok(actor.kiosk),
            (None, Some(real)) => real.kiosk(token).await,
            (None, None) => Ok(None),
        }
    }

    fn known_kiosk(&self, token: &str) -> Option<Uuid> {
        self.real.get().and_then(|real| real.known_kiosk(token))
    }

    fn forget_kiosks(&self) {
        if let Some(real) = self.real.get() {
            real.forget_kiosks();
        }
    }

    fn forget(&self, account: AccountId) {
        if let Some(real) = self.real.get() {
            real.forget(account);
        }
    }
}
