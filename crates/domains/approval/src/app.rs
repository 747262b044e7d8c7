//! What handlers, consumers and jobs share: the edge, fonts, caches of what never changes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tb_calendar::{Calendar, LightRules};
use tb_contract::item::ItemDocument;
use tb_http::{Audience, Edge, LiveEvent};
use tb_kernel::{DepartmentId, Fault};
use tb_storage::{Conn, Store};
use tb_typeset::{Paper, Typesetter};
use uuid::Uuid;

use crate::error::Error;
use crate::store;

/// Items kept in memory; beyond it the cache starts anew.
const CACHED_ITEMS: usize = 2_000;
/// Calendars kept in memory.
const CACHED_CALENDARS: usize = 16;

/// What approval needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Reads the font files of papers: called when the first paper is rendered, on a thread that
    /// may block.
    pub fonts: Arc<dyn Fn() -> Vec<Vec<u8>> + Send + Sync>,
    /// Settings.
    pub settings: Settings,
}

/// Settings of the clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// When a case becomes yellow.
    pub lights: LightRules,
    /// Whether a start on a rest day moves to the next working day, as some divisions rule.
    pub start_roll: bool,
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    edge: Edge,
    ports: Ports,
    items: RwLock<HashMap<(String, i64), Arc<ItemDocument>>>,
    calendars: RwLock<HashMap<String, Arc<Calendar>>>,
    typesetter: Mutex<Option<Typesetter>>,
}

impl App {
    pub(crate) fn new(edge: &Edge, ports: Ports) -> Self {
        Self(Arc::new(Inner {
            edge: edge.clone(),
            ports,
            items: RwLock::default(),
            calendars: RwLock::default(),
            typesetter: Mutex::default(),
        }))
    }

    /// Storage.
    pub(crate) fn store(&self) -> &Store {
        self.0.edge.store()
    }

    /// Settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.ports.settings
    }

    /// An item in one version; versions never change, so they stay in memory.
    pub(crate) async fn item(
        &self,
        conn: &Conn,
        code: &str,
        version: i64,
    ) -> Result<Option<Arc<ItemDocument>>, Fault> {
        let key = (code.to_owned(), version);
        if let Some(item) = get(&self.0.items, &key) {
            return Ok(Some(item));
        }
        let Some(item) = store::copy::item(conn, code, version).await? else {
            return Ok(None);
        };
        Ok(Some(keep(&self.0.items, key, item, CACHED_ITEMS)))
    }

    /// A calendar in one version.
    pub(crate) async fn calendar(
        &self,
        conn: &Conn,
        version: &str,
    ) -> Result<Option<Arc<Calendar>>, Fault> {
        let key = version.to_owned();
        if let Some(calendar) = get(&self.0.calendars, &key) {
            return Ok(Some(calendar));
        }
        let Some(document) = store::copy::calendar(conn, version).await? else {
            return Ok(None);
        };
        let calendar = Calendar::new(document).map_err(Fault::internal)?;
        Ok(Some(keep(
            &self.0.calendars,
            key,
            calendar,
            CACHED_CALENDARS,
        )))
    }

    /// Renders a paper. Blocks: fonts are read on the first call, and typesetting computes.
    pub(crate) fn render(&self, paper: &Paper) -> Result<Vec<u8>, Fault> {
        let typesetter = {
            let mut kept = self
                .0
                .typesetter
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(ready) = kept.as_ref() {
                ready.clone()
            } else {
                // Not remembered where it fails: fonts may be installed meanwhile.
                let made = Typesetter::new((self.0.ports.fonts)())
                    .map_err(|error| Fault::from(Error::PaperNotReady).because(error))?;
                kept.insert(made).clone()
            }
        };
        typesetter.render(paper).map_err(Fault::internal)
    }

    /// Tells the open pages of a department that a case has changed.
    pub(crate) fn tell(&self, case_id: Uuid, department: DepartmentId) {
        let audience = Audience::Department(department);
        self.0.edge.live().tell(LiveEvent {
            kind: "case",
            key: case_id.to_string(),
            audience,
        });
    }
}

fn get<K: Hash + Eq, V>(cache: &RwLock<HashMap<K, Arc<V>>>, key: &K) -> Option<Arc<V>> {
    cache
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(key)
        .cloned()
}

fn keep<K: Hash + Eq, V>(
    cache: &RwLock<HashMap<K, Arc<V>>>,
    key: K,
    value: V,
    most: usize,
) -> Arc<V> {
    let value = Arc::new(value);
    let mut cache = cache.write().unwrap_or_else(PoisonError::into_inner);
    if cache.len() >= most {
        cache.clear();
    }
    cache.insert(key, value.clone());
    value
}
