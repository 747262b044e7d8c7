//! Insight (统计与公示): listens, and tells what is most applied for. Owns what is counted of cases (figures, handling times, lights,
//! satisfaction), the picture of the board, and what is published: cases (办件公示), permits
//! (行政许可公示) and open data (ADR 8 says why publicity lives here).
//!
//! Invariants: one row per case, moved by the versions of the case only, so that an event told twice
//! counts once; every change leaves its differences in the same transaction, one job adds them up, and
//! another compares the sums with the rows; whoever is published is masked, organisations that hold a
//! permit excepted; what an administrator withholds is in no public answer.

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
mod store;

use axum::Router;
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "insight",
        migrations: MigrationSet {
            domain: "insight",
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
pub fn module(edge: &Edge) -> Module {
    let app = app::App::new();
    Module {
        domain: "insight",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![events::subscription(app.clone())],
        periodic: jobs::periodic(),
        queues: Vec::new(),
        tasks: vec![jobs::show_board(edge.store().clone(), app)],
    }
}
