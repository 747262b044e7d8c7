//! The governance centre (三级治理中心) of the fusion patent: fetches new applications from the
//! intake API by cursor (P4), publishes notice and payload to the event log (P5), takes acceptance
//! and approval data back and hands them to intake (P11, P15). Keeps one row per case, the channel,
//! so that operators of city, district and town see what passed through.
//!
//! Invariants: the cursor, the channel row and the published events of a change are committed
//! together; a case's feedback leaves in the order of its versions, without gaps.

mod api;
mod entity;
mod error;
mod events;
mod fetch;
mod migration;
mod model;
mod service;
mod store;

use std::sync::Arc;

use axum::Router;
use tb_contract::ports::{AccountNames, IntakeChanges};
use tb_contract::topics;
use tb_events::{EventLog, Subscription};
use tb_http::Edge;
use tb_kernel::{Fault, Locale};
use tb_module::{Manifest, Module};
use tb_storage::Store;
use tb_storage::migration::MigrationSet;

/// What the domain needs of others.
pub struct Ports {
    /// The intake API.
    pub changes: Arc<dyn IntakeChanges>,
    /// The event log, for the operators' pages.
    pub log: Arc<dyn EventLog>,
    /// Names of accounts, for the audit page.
    pub names: Arc<dyn AccountNames>,
}

/// What handlers share.
#[derive(Clone)]
pub(crate) struct App {
    log: Arc<dyn EventLog>,
    names: Arc<dyn AccountNames>,
}

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "governance",
        migrations: MigrationSet {
            domain: "governance",
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

/// How far the centre has read the intake API: what lies before it is never asked for again.
pub async fn feed_cursor(store: &Store) -> Result<String, Fault> {
    Ok(store::feed_cursor(&store.read()).await?)
}

/// Opens the domain.
pub fn module(edge: &Edge, ports: Ports) -> Module {
    let store = edge.store().clone();
    let handler = Arc::new(events::Consumer);
    Module {
        domain: "governance",
        routes: api::routes().with_state(App {
            log: ports.log,
            names: ports.names,
        }),
        internal: Router::new(),
        subscriptions: vec![
            Subscription::new("governance", handler)
                .topic(topics::CATALOGUE)
                .topic(topics::ACCEPTANCE)
                .topic(topics::APPROVAL),
        ],
        periodic: Vec::new(),
        queues: Vec::new(),
        tasks: vec![fetch::task(store, ports.changes)],
    }
}
