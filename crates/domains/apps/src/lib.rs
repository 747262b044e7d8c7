//! Other systems: an administrator registers an endpoint, and every transition of a case becomes a
//! signed message to it (Standard Webhooks), without personal data.
//!
//! Invariants: a delivery is written in the transaction that handles the event, once per endpoint
//! and event; it leaves in the order of the case's versions, at least once and always under the same
//! id; a process that is killed while sending loses nothing.

mod api;
mod entity;
mod error;
mod events;
mod migration;
mod model;
mod service;
mod store;

use std::sync::Arc;

use axum::Router;
use serde::{Deserialize, Serialize};
use tb_contract::ports::Outbound;
use tb_contract::topics;
use tb_events::Subscription;
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;

pub use model::{signature, valid};

/// How messages leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Seconds between the tries of a message; one try more than there are numbers.
    pub retry_seconds: Vec<u32>,
    /// Hours without a single success after which an endpoint is switched off.
    pub disable_after_hours: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            // Eight tries over nearly 28 hours.
            retry_seconds: vec![5, 300, 1_800, 7_200, 18_000, 36_000, 36_000],
            disable_after_hours: 120,
        }
    }
}

/// What the domain needs of others.
pub struct Ports {
    /// The way out to other systems.
    pub outbound: Arc<dyn Outbound>,
    /// How messages leave.
    pub settings: Settings,
}

/// What handlers and the task share.
#[derive(Clone)]
pub(crate) struct App {
    outbound: Arc<dyn Outbound>,
    settings: Arc<Settings>,
}

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "apps",
        migrations: MigrationSet {
            domain: "apps",
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
    let app = App {
        outbound: ports.outbound,
        settings: Arc::new(ports.settings),
    };
    Module {
        domain: "apps",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![
            Subscription::new("apps", Arc::new(events::Consumer)).topic(topics::INTAKE_FEEDBACK),
        ],
        periodic: Vec::new(),
        queues: Vec::new(),
        tasks: vec![service::task(edge.store().clone(), app)],
    }
}
