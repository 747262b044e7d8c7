//! Department approval (部门审批系统): owns cases with their events, clocks and papers, and read
//! copies of items, calendars and departments. It takes applications from its departments' topics
//! (P6), and says what became of them on `tb.acceptance.v1` and `tb.approval.v1` (P7, P9, P14).
//!
//! Invariants: only the state table ([`model::transition`]) moves a case; every change writes state,
//! case event, clocks, paper and event for the world in one transaction; clocks are a pure function
//! of the case's events, stored columns a cache of it; every change is published under the case's version,
//! without gaps over both topics; personal data lies in sealed columns only.

mod api;
mod app;
pub mod archive;
mod entity;
mod error;
mod events;
pub mod exchange;
mod figures;
mod jobs;
mod lights;
mod migration;
mod model;
mod press;
mod sealed;
pub mod seed;
mod service;
mod simulator;
mod store;
mod view;

use std::sync::Arc;

use axum::Router;
use tb_contract::topics;
use tb_events::Subscription;
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;
use tb_storage::{StorageError, Store};

pub use app::{PaymentPlatform, Ports, Settings};
pub use lights::{Lights, LightsOf};
pub use model::joint::SubTerms;
pub use model::table::state_table;
pub use press::Press;
pub use simulator::Simulator;

/// How many fee orders wait for their money.
///
/// # Errors
/// Where the database cannot be read, or has no table of them.
pub async fn open_fee_orders(database: &Store) -> Result<u64, StorageError> {
    store::fee::count_open(&database.read()).await
}

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "approval",
        migrations: MigrationSet {
            domain: "approval",
            list: migration::list,
        },
        texts: [
            (Locale::Chinese, include_str!("../locales/zh-CN.json")),
            (Locale::English, include_str!("../locales/en.json")),
        ],
        codes: error::Error::CODES,
        blobs: &[],
    }
}

/// The API description of the domain.
pub fn api_document() -> utoipa::openapi::OpenApi {
    api::routes().into_openapi()
}

/// Opens the domain.
pub fn module(edge: &Edge, ports: Ports) -> Module {
    let app = app::App::new(edge, ports);
    let consumer = Arc::new(events::Consumer(app.clone()));
    Module {
        domain: "approval",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![
            Subscription::new("approval", consumer)
                .topic(topics::CATALOGUE)
                .topic(topics::APPLICATION_DATA_PREFIX)
                .topic(topics::APPLICATION_NOTICE)
                .topic(topics::LICENCE),
        ],
        periodic: jobs::periodic(&app),
        queues: jobs::queues(&app),
        tasks: Vec::new(),
    }
}
