//! Identity owns accounts, credentials, sessions, the roles that accounts hold, and kiosks.
//!
//! Invariants: a login name is unique; of a password only an Argon2id hash and of a session's token
//! only its SHA-256 is stored; personal data of persons lies sealed and is shown masked; a locked
//! account has no session; a session that was begun at a kiosk is good there alone. Tells (`tb.identity.v1`): `identity.proxy.changed`. Citizens do not register themselves yet: that
//! needs a real-name check. Texts for people: `docs/domains/identity.md`.

mod api;
mod app;
mod applicants;
mod delegation;
mod entity;
mod error;
mod jobs;
mod kiosk;
mod migration;
mod model;
mod names;
mod password;
mod proxy;
mod sealing;
mod seed;
mod service;
mod sessions;
mod settings;
mod staff;
mod store;

use std::sync::Arc;

use axum::Router;
use tb_contract::ports::{AccountNames, Applicants, Colleagues, Departments, Sessions};
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::Store;

pub use error::Error;
pub use seed::{
    SeedAccount, SeedKiosk, create_administrator, has_demo_accounts, seed_account, seed_kiosk,
};
pub use settings::Settings;

const DOMAIN: &str = "identity";

/// What identity asks of others.
#[derive(Clone)]
pub struct Ports {
    /// The catalogue's departments, for staff accounts.
    pub departments: Arc<dyn Departments>,
}

/// What must be known before the domain is opened.
pub fn manifest() -> Manifest {
    Manifest {
        domain: DOMAIN,
        migrations: migration::MIGRATIONS,
        texts: [
            (Locale::Chinese, include_str!("../locales/zh-CN.json")),
            (Locale::English, include_str!("../locales/en.json")),
        ],
        codes: Error::CODES,
        blobs: &[],
    }
}

/// The API document of the domain, without opening it.
pub fn api_document() -> utoipa::openapi::OpenApi {
    api::routes().into_openapi()
}

/// The sessions that the edge asks about, with the default settings.
pub fn sessions(store: &Store) -> Arc<dyn Sessions> {
    sessions_with(store, Settings::default())
}

/// The sessions that the edge asks about.
pub fn sessions_with(store: &Store, settings: Settings) -> Arc<dyn Sessions> {
    Arc::new(sessions::StoredSessions::new(store.clone(), settings))
}

/// The applicants that intake asks about.
pub fn applicants(store: &Store) -> Arc<dyn Applicants> {
    Arc::new(applicants::StoredApplicants(store.clone()))
}

/// The names that other domains show.
pub fn names(store: &Store) -> Arc<dyn AccountNames> {
    Arc::new(names::StoredNames(store.clone()))
}

/// Who works where, for desks.
pub fn colleagues(store: &Store) -> Arc<dyn Colleagues> {
    Arc::new(names::StoredNames(store.clone()))
}

/// The domain, ready to be served, with the default settings.
pub fn module(edge: &Edge, ports: Ports) -> Module {
    module_with(edge, ports, Settings::default())
}

/// The domain, ready to be served; its settings are those given to [`sessions_with`].
pub fn module_with(edge: &Edge, ports: Ports, settings: Settings) -> Module {
    let app = app::App::new(edge, ports.departments, settings);
    Module {
        domain: DOMAIN,
        routes: api::routes().with_state(app),
        internal: Router::new(),
        subscriptions: Vec::new(),
        periodic: vec![jobs::delete_old_sessions(settings)],
        queues: Vec::new(),
        tasks: Vec::new(),
    }
}
