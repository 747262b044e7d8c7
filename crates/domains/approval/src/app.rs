//! What handlers, consumers and timers share: the edge, the press, caches of what never changes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use tb_calendar::Calendar;
use tb_contract::item::ItemDocument;
use tb_contract::payments::Payments;
use tb_contract::ports::{Colleagues, IssuedLicences};
use tb_http::{Audience, Edge, LiveEvent};
use tb_kernel::{AccountId, DepartmentId, Fault};
use tb_storage::{Conn, Store};
use uuid::Uuid;

use crate::figures::Figures;
use crate::lights::Lights;
use crate::model::joint::SubTerms;
use crate::press::Press;
use crate::simulator::Simulator;
use crate::store;

/// Items kept in memory; beyond it the cache starts anew.
const CACHED_ITEMS: usize = 2_000;
/// Calendars kept in memory.
const CACHED_CALENDARS: usize = 16;

/// Names of departments kept in memory.
const CACHED_OFFICES: usize = 10_000;

/// What approval needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Renders papers.
    pub press: Press,
    /// Who works in a department.
    pub colleagues: Arc<dyn Colleagues>,
    /// The licences that came from a case.
    pub licences: Arc<dyn IssuedLicences>,
    /// Where fees are paid; none where no payment platform is connected.
    pub payments: Option<PaymentPlatform>,
    /// Settings.
    pub settings: Settings,
}

/// A payment platform (非税收入缴费平台).
#[derive(Clone)]
pub struct PaymentPlatform {
    /// What it is called, on papers and pages.
    pub name: String,
    /// The way to it.
    pub port: Arc<dyn Payments>,
    /// The simulated one, where it is that.
    pub simulator: Option<Simulator>,
}

/// Settings of clocks and batches.
#[derive(Clone, Debug)]
pub struct Settings {
    /// When a case becomes yellow.
    pub lights: Lights,
    /// Whether a start on a rest day moves to the next working day, as some divisions rule.
    pub start_roll: bool,
    /// Seconds for which a batch that nobody has picked case by case waits, and can be revoked.
    pub batch_window_seconds: u32,
    /// Working days after a term at which handler, head, leader and inspectorate are told.
    pub escalation_days: [u32; 4],
    /// Working days for the reply to an order of the platform.
    pub supervision_reply_days: u32,
    /// Working days for paying a fee.
    pub payment_days: u32,
    /// Sub-terms of one answer to a joint matter.
    pub joint_terms: SubTerms,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lights: Lights::default(),
            start_roll: false,
            batch_window_seconds: 600,
            escalation_days: [0, 1, 3, 5],
            supervision_reply_days: 2,
            payment_days: 10,
            joint_terms: SubTerms { part: 2, send: 4 },
        }
    }
}

/// What was read once.
type Cache<K, V> = RwLock<HashMap<K, Arc<V>>>;

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    edge: Edge,
    ports: Ports,
    items: Cache<(String, i64), ItemDocument>,
    calendars: Cache<String, Calendar>,
    offices: Cache<String, (DateTime<Utc>, String)>,
    figures: Figures,
}

impl App {
    pub(crate) fn new(edge: &Edge, ports: Ports) -> Self {
        Self(Arc::new(Inner {
            edge: edge.clone(),
            ports,
            items: RwLock::default(),
            calendars: RwLock::default(),
            offices: RwLock::default(),
            figures: Figures::default(),
        }))
    }

    /// Storage.
    pub(crate) fn store(&self) -> &Store {
        self.0.edge.store()
    }

    /// Where papers are rendered.
    pub(crate) fn press(&self) -> &Press {
        &self.0.ports.press
    }

    /// Who works in a department.
    pub(crate) fn colleagues(&self) -> &dyn Colleagues {
        self.0.ports.colleagues.as_ref()
    }

    /// The licences that came from a case.
    pub(crate) fn licences(&self) -> &dyn IssuedLicences {
        self.0.ports.licences.as_ref()
    }

    /// Where fees are paid, if anywhere.
    pub(crate) fn payments(&self) -> Option<&PaymentPlatform> {
        self.0.ports.payments.as_ref()
    }

    /// Counts that are shared.
    pub(crate) fn figures(&self) -> &Figures {
        &self.0.figures
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
        let Some(document) = store::copy::Calendars::version(conn, version).await? else {
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

    /// The name of a department. It changes once in some years and is asked for at every turn, so
    /// an answer is kept for a minute; a change that this process hears of counts at once.
    pub(crate) async fn office(&self, conn: &Conn, code: &str) -> Result<Option<String>, Fault> {
        let now = self.store().clock().now();
        if let Some(kept) = get(&self.0.offices, &code.to_owned())
            && now - kept.0 < TimeDelta::minutes(1)
        {
            return Ok(Some(kept.1.clone()));
        }
        let Some(department) = store::copy::Departments::by_code(conn, code).await? else {
            return Ok(None);
        };
        let kept = (now, department.name);
        let kept = keep(&self.0.offices, code.to_owned(), kept, CACHED_OFFICES);
        Ok(Some(kept.1.clone()))
    }

    /// Forgets the names of departments: one has changed.
    pub(crate) fn forget_offices(&self) {
        let mut offices = self
            .0
            .offices
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        offices.clear();
    }

    /// Tells the open pages of whoever started a batch that it has gone on.
    pub(crate) fn tell_batch(&self, id: Uuid, owner: AccountId) {
        self.0.edge.live().tell(LiveEvent {
            kind: "batch",
            key: id.to_string(),
            audience: Audience::Account(owner),
        });
    }

    /// Tells the open pages of a department that a hand-over list has gone on.
    pub(crate) fn tell_archive(&self, list: Uuid, department: DepartmentId) {
        self.0.edge.live().tell(LiveEvent {
            kind: "archive",
            key: list.to_string(),
            audience: Audience::Department(department),
        });
    }

    /// Tells the open pages of a department that a list between counter and office has gone on.
    pub(crate) fn tell_relay(&self, list: Uuid, department: DepartmentId) {
        self.0.edge.live().tell(LiveEvent {
            kind: "relay",
            key: list.to_string(),
            audience: Audience::Department(department),
        });
    }

    /// Tells the open pages of the lead office that a part of a joint answer has come or gone.
    pub(crate) fn tell_joint(&self, number: &str, lead: DepartmentId) {
        self.0.edge.live().tell(LiveEvent {
            kind: "joint",
            key: number.to_owned(),
            audience: Audience::Department(lead),
        });
    }

    /// Tells the open pages of a department that a case has changed.
    pub(crate) fn tell(&self, case_id: Uuid, department: DepartmentId) {
        self.0.figures.changed(department);
        let audience = Audience::Department(department);
        self.0.edge.live().tell(LiveEvent {
            kind: "case",
            key: case_id.to_string(),
            audience,
        });
    }
}

fn get<K: Hash + Eq, V>(cache: &Cache<K, V>, key: &K) -> Option<Arc<V>> {
    cache
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(key)
        .cloned()
}

fn keep<K: Hash + Eq, V>(cache: &Cache<K, V>, key: K, value: V, most: usize) -> Arc<V> {
    let value = Arc::new(value);
    let mut cache = cache.write().unwrap_or_else(PoisonError::into_inner);
    if cache.len() >= most {
        cache.clear();
    }
    cache.insert(key, value.clone());
    value
}
