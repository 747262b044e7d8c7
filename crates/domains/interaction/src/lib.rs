//! Interaction (互动): what follows a rating (好差评). Owns the occasions on which a service may be
//! rated, the rectification tasks of poor ratings with their terms, call-backs and appeals, one-time
//! links for ratings on paper and at the counter, ratings by short message and by phone, short messages
//! to applicants, and the published rates and words.
//!
//! Invariants: a rating never changes after it was given, a second one stands beside it; there is one
//! per case, and intake, which keeps it, decides which came first; only the rules in [`model::task`]
//! move a task, and each move writes state, event and what the applicant is told in one transaction;
//! who handled a task never calls back, and who was rated never decides whether a rating counts;
//! a short message goes once for what it tells of, to whoever wishes it, and its number is kept nowhere;
//! words of citizens are public only after somebody has read and masked them.

mod api;
mod app;
mod entity;
mod error;
mod events;
mod jobs;
mod migration;
mod model;
mod sealed;
pub mod seed;
mod service;
mod simulator;
mod store;

use axum::Router;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;

pub use app::{Operator, Ports, Settings};
pub use simulator::Simulator;

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "interaction",
        migrations: MigrationSet {
            domain: "interaction",
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
pub fn module(ports: Ports) -> Module {
    let app = app::App::new(ports);
    Module {
        domain: "interaction",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![events::subscription(app.clone())],
        periodic: jobs::periodic(&app),
        queues: jobs::queues(&app),
        tasks: Vec::new(),
    }
}
