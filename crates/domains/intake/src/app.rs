//! What handlers share: the edge, the ports, the cache of item descriptions, limits.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::error::Error;
use crate::places::Places;
use crate::serials::Serials;
use crate::service::joint;
use crate::store;
use crate::store::application::Application;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::Calendar;
use tb_contract::divisions::DivisionTree;
use tb_contract::events::ProxyRelation;
use tb_contract::item::ItemDocument;
use tb_contract::licences::HeldLicences;
use tb_contract::ports::{Applicants, Colleagues, Divisions, Papers};
use tb_forms::{Env, Nothing};
use tb_http::{Audience, Edge, Limiter, LiveEvent};
use tb_kernel::{AccountId, Fault, office_time};
use tb_storage::Conn;
use tb_typeset::Typeroom;

/// Items kept in memory; beyond it the cache starts anew.
const CACHED_ITEMS: usize = 2_000;

/// What intake needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Profiles of applicants.
    pub applicants: Arc<dyn Applicants>,
    /// Papers of the departments.
    pub papers: Arc<dyn Papers>,
    /// The division tree, for the division fields of forms.
    pub divisions: Arc<dyn Divisions>,
    /// The licences of applicants, in the place of uploads.
    pub licences: Arc<dyn HeldLicences>,
    /// Who works where, for assistants who hand requests over.
    pub colleagues: Arc<dyn Colleagues>,
    /// Where receipts are typeset.
    pub typeroom: Typeroom,
    /// Settings.
    pub settings: Settings,
}

/// Settings of the intake.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Working days within which an assistant gets in touch with whoever has asked for help.
    pub assist_contact_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            assist_contact_days: 1,
        }
    }
}

/// What forms are judged by.
pub(crate) struct Surroundings {
    tree: Arc<DivisionTree>,
    today: NaiveDate,
}

impl Surroundings {
    /// The divisions.
    pub fn tree(&self) -> &DivisionTree {
        &self.tree
    }

    /// As the forms engine takes them. Code tables come with the forms themselves so far.
    pub fn env(&self) -> Env<'_> {
        Env {
            today: self.today,
            divisions: self.tree.as_ref(),
            dictionaries: &Nothing,
        }
    }
}

/// State of the routes; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    edge: Edge,
    ports: Ports,
    items: RwLock<HashMap<(String, i64), Arc<ItemDocument>>>,
    calendars: RwLock<HashMap<String, Arc<Calendar>>>,
    places: Places,
    serials: Serials,
    by_address: Limiter,
    by_number: Limiter,
    by_batch: Limiter,
    calls: Limiter,
}

impl App {
    pub fn new(edge: &Edge, ports: Ports) -> Self {
        Self(Arc::new(Inner {
            edge: edge.clone(),
            ports,
            items: RwLock::default(),
            calendars: RwLock::default(),
            places: Places::default(),
            serials: Serials::default(),
            by_address: Limiter::within(30, Duration::from_mins(5)),
            by_number: Limiter::within(10, Duration::from_mins(10)),
            by_batch: Limiter::within(60, Duration::from_mins(10)),
            calls: Limiter::within(20, Duration::from_mins(10)),
        }))
    }

    pub fn applicants(&self) -> &dyn Applicants {
        self.0.ports.applicants.as_ref()
    }

    pub fn colleagues(&self) -> &dyn Colleagues {
        self.0.ports.colleagues.as_ref()
    }

    pub fn settings(&self) -> &Settings {
        &self.0.ports.settings
    }

    pub fn typeroom(&self) -> &Typeroom {
        &self.0.ports.typeroom
    }

    pub fn papers(&self) -> &dyn Papers {
        self.0.ports.papers.as_ref()
    }

    pub fn licences(&self) -> &dyn HeldLicences {
        self.0.ports.licences.as_ref()
    }

    /// How often a kiosk may call.
    pub fn calls(&self) -> &Limiter {
        &self.0.calls
    }

    /// Serials of case numbers.
    pub fn serials(&self) -> &Serials {
        &self.0.serials
    }

    /// Places for files on their way in.
    pub fn places(&self) -> &Places {
        &self.0.places
    }

    /// Limits on asking for progress: per network address, per case number.
    pub fn progress_limits(&self) -> [&Limiter; 3] {
        [&self.0.by_address, &self.0.by_number, &self.0.by_batch]
    }

    /// The surroundings in which forms are judged today; asked for before a transaction is open.
    pub async fn surroundings(&self) -> Result<Surroundings, Fault> {
        let today = office_time::day(self.0.edge.store().clock().now());
        self.surroundings_on(today).await
    }

    /// The same on the day on which something was handed in, however late it is looked at.
    pub async fn surroundings_on(&self, today: NaiveDate) -> Result<Surroundings, Fault> {
        let tree = self.0.ports.divisions.tree().await?;
        Ok(Surroundings { tree, today })
    }

    /// The description of an item in one version; versions never change, so they stay in memory.
    pub async fn item(
        &self,
        conn: &Conn,
        code: &str,
        version: i64,
    ) -> Result<Arc<ItemDocument>, Fault> {
        let key = (code.to_owned(), version);
        if let Some(item) = self
            .0
            .items
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Ok(item.clone());
        }
        let row = store::item::version(conn, code, version)
            .await?
            .ok_or(Error::ItemNotFound)?;
        let item: Arc<ItemDocument> =
            Arc::new(serde_json::from_str(&row.document).map_err(Fault::internal)?);
        let mut items = self.0.items.write().unwrap_or_else(PoisonError::into_inner);
        if items.len() >= CACHED_ITEMS {
            items.clear();
        }
        items.insert(key, item.clone());
        Ok(item)
    }

    /// A version of the calendar, else the one that ships; versions never change.
    pub async fn calendar(&self, conn: &Conn, version: &str) -> Result<Arc<Calendar>, Fault> {
        let calendars = &self.0.calendars;
        if let Some(calendar) = calendars
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(version)
        {
            return Ok(calendar.clone());
        }
        let calendar = match store::item::Calendars::version(conn, version).await? {
            Some(document) => Calendar::new(document),
            None => Calendar::embedded(),
        };
        let calendar = Arc::new(calendar.map_err(Fault::internal)?);
        let mut known = calendars.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(version.to_owned(), calendar.clone());
        Ok(calendar)
    }

    /// What an application asks for: its item, or the joint matter's as its situation composes it;
    /// and the paper by which somebody proves that he may act for the applicant.
    pub async fn item_of(
        &self,
        conn: &Conn,
        row: &Application,
    ) -> Result<Arc<ItemDocument>, Fault> {
        let item = match joint::plan(row)? {
            None => self.item(conn, &row.item_code, row.item_version).await?,
            Some(plan) => {
                let matter = joint::matter(self, conn, row, plan).await?;
                let answers = joint::answers(row)?;
                Arc::new(matter.joint.compose(&matter.items, &answers))
            }
        };
        Ok(proved(item, row))
    }

    /// Hints to the applicant's open pages that an application changed.
    pub fn tell(&self, account_id: uuid::Uuid, application_id: uuid::Uuid) {
        self.0.edge.live().tell(changed(account_id, application_id));
    }
}

/// An item with the paper by which somebody proves in an application that he may act for the applicant.
pub(crate) fn proved(item: Arc<ItemDocument>, row: &Application) -> Arc<ItemDocument> {
    match &row.proxy_proof {
        None => item,
        Some(word) => Arc::new((*item).clone().with_proof(ProxyRelation::of(word))),
    }
}

/// The hint that an application changed.
pub(crate) fn changed(account_id: uuid::Uuid, application_id: uuid::Uuid) -> LiveEvent {
    let audience = Audience::Account(AccountId(account_id));
    LiveEvent {
        kind: "application",
        key: application_id.to_string(),
        audience,
    }
}
