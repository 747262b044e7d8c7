//! Sessions as the edge asks for them, on every request: the database's answer, remembered for a
//! few seconds. What changes in this process is forgotten at once; what another process changes
//! is noticed when the memory is [`MAX_AGE`] old.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use tb_contract::ports::{PortResult, SessionActor, Sessions};
use tb_kernel::{AccountId, Actor, Fault, KioskRef, RequestId, office_time};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use crate::kiosk::kiosk_ref;
use crate::model::{Account, expires_at};
use crate::service::held::hold;
use crate::settings::{Life, Settings};
use crate::{sealing, store};

/// How old a remembered session may be.
pub(crate) const MAX_AGE: Duration = Duration::seconds(5);
/// Sessions remembered at once.
const MAX_REMEMBERED: usize = 10_000;

/// SHA-256 of a token: what is stored of it.
pub(crate) type TokenHash = [u8; 32];

/// The hash of a token.
pub(crate) fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// A valid session as the database has it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub id: Uuid,
    pub account: Account,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// The kiosk that it was begun at.
    pub kiosk_id: Option<Uuid>,
}

impl Found {
    /// How long it lives.
    pub fn life(&self, settings: &Settings) -> Life {
        settings.life(self.kiosk_id.is_some())
    }
}

/// The valid session of a token, at the kiosk `at` or elsewhere.
pub(crate) async fn find(
    store: &Store,
    settings: &Settings,
    hash: &TokenHash,
    at: Option<Uuid>,
) -> Result<Option<Found>, Fault> {
    let Some((session, row)) = store::find_session(&store.read(), hash).await? else {
        return Ok(None);
    };
    if session.kiosk_id != at {
        return Ok(None);
    }
    let life = settings.life(at.is_some());
    let expires_at = expires_at(session.created_at, session.last_seen_at, life);
    if store.clock().now() >= expires_at || row.disabled_at.is_some() {
        return Ok(None);
    }
    let mut account = sealing::open(row, store.sealer())?;
    let today = office_time::day(store.clock().now());
    hold(&store.read(), store.sealer(), &mut account, today).await?;
    Ok(Some(Found {
        id: session.id,
        account,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        expires_at,
        kiosk_id: at,
    }))
}

#[derive(Default)]
struct Memory {
    sessions: HashMap<TokenHash, Remembered>,
    kiosks: HashMap<TokenHash, RememberedKiosk>,
    /// Raised by every forgetting: an answer that was read before it is not remembered.
    generation: u64,
}

struct Remembered {
    session: SessionActor,
    at: DateTime<Utc>,
}

struct RememberedKiosk {
    kiosk: KioskRef,
    at: DateTime<Utc>,
}

/// The sessions in the database, with a short memory.
pub(crate) struct StoredSessions {
    store: Store,
    settings: Settings,
    memory: Mutex<Memory>,
}

impl StoredSessions {
    pub(crate) fn new(store: Store, settings: Settings) -> Self {
        Self {
            store,
            settings,
            memory: Mutex::default(),
        }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered of a token, and the generation to hand back to [`Self::remember`].
    fn recall(
        &self,
        hash: &TokenHash,
        at: Option<&KioskRef>,
        now: DateTime<Utc>,
    ) -> (Option<SessionActor>, u64) {
        let memory = self.memory();
        let fresh = |known: &&Remembered| {
            now >= known.at
                && now - known.at < MAX_AGE
                && now < known.session.expires_at
                && known.session.actor.kiosk.as_ref() == at
        };
        (
            memory
                .sessions
                .get(hash)
                .filter(fresh)
                .map(|known| known.session.clone()),
            memory.generation,
        )
    }

    fn remember(
        &self,
        hash: TokenHash,
        session: &SessionActor,
        at: DateTime<Utc>,
        generation: u64,
    ) {
        let mut memory = self.memory();
        if memory.generation != generation {
            return;
        }
        if memory.sessions.len() >= MAX_REMEMBERED {
            memory
                .sessions
                .retain(|_, known| at >= known.at && at - known.at < MAX_AGE);
        }
        if memory.sessions.len() < MAX_REMEMBERED {
            memory.sessions.insert(
                hash,
                Remembered {
                    session: session.clone(),
                    at,
                },
            );
        }
    }

    /// Notes the use of a session. A note that cannot be written must not fail the request.
    async fn touch(&self, session: &mut Found, now: DateTime<Utc>) {
        let origin = Origin::system("identity.touch_session", RequestId(self.store.new_id()));
        let touched = async {
            let tx = self.store.begin(origin).await?;
            store::touch_session(tx.conn(), session.id, now).await?;
            tx.commit(&()).await
        };
        match touched.await {
            Ok(()) => {
                let life = session.life(&self.settings);
                session.expires_at = expires_at(session.created_at, now, life);
            }
            Err(error) => tracing::warn!(%error, "the use of a session could not be noted"),
        }
    }
}

#[async_trait]
impl Sessions for StoredSessions {
    async fn authenticate(
        &self,
        token: &str,
        at: Option<&KioskRef>,
        is_used: bool,
    ) -> PortResult<Option<SessionActor>> {
        let (hash, now) = (token_hash(token), self.store.clock().now());
        let (known, generation) = self.recall(&hash, at, now);
        if known.is_some() {
            return Ok(known);
        }
        let here = at.map(|kiosk| kiosk.id);
        let Some(mut found) = find(&self.store, &self.settings, &hash, here).await? else {
            return Ok(None);
        };
        if is_used && now - found.last_seen_at >= found.life(&self.settings).noted_every {
            self.touch(&mut found, now).await;
        }
        let session = SessionActor {
            actor: Actor {
                kiosk: at.cloned(),
                ..found.account.actor()
            },
            expires_at: found.expires_at,
        };
        self.remember(hash, &session, now, generation);
        Ok(Some(session))
    }

    async fn kiosk(&self, token: &str) -> PortResult<Option<KioskRef>> {
        let (hash, now) = (token_hash(token), self.store.clock().now());
        let generation = {
            let memory = self.memory();
            let known = memory.kiosks.get(&hash);
            if let Some(known) = known.filter(|it| now >= it.at && now - it.at < MAX_AGE) {
                return Ok(Some(known.kiosk.clone()));
            }
            memory.generation
        };
        let row = store::kiosk::of_token(&self.store.read(), &hash).await?;
        let found = row.and_then(|row| kiosk_ref(&row));
        let mut memory = self.memory();
        if memory.generation == generation {
            match &found {
                Some(kiosk) if memory.kiosks.len() < MAX_REMEMBERED => {
                    let kiosk = kiosk.clone();
                    memory
                        .kiosks
                        .insert(hash, RememberedKiosk { kiosk, at: now });
                }
                _ => drop(memory.kiosks.remove(&hash)),
            }
        }
        Ok(found)
    }

    fn known_kiosk(&self, token: &str) -> Option<Uuid> {
        let memory = self.memory();
        let known = memory.kiosks.get(&token_hash(token))?;
        Some(known.kiosk.id)
    }

    fn forget_kiosks(&self) {
        let mut memory = self.memory();
        memory.generation += 1;
        memory.kiosks.clear();
        memory
            .sessions
            .retain(|_, known| known.session.actor.kiosk.is_none());
    }

    fn forget(&self, account: AccountId) {
        let mut memory = self.memory();
        memory.generation += 1;
        memory
            .sessions
            .retain(|_, known| known.session.actor.id != account);
    }
}
