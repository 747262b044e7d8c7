//! The register of electronic licences (电子证照, GB/T 36901–36906): types with their templates, and
//! licences with their whole life. A licence outlives the case that it came from: it is verified by
//! anybody who reads its code, shown by its holder, and ended by the organ.
//!
//! Listens to `tb.licence.order.v1` (`approval.licence.ordered`, `.order_voided`) and to the calendar of
//! `tb.catalogue.v1`; publishes on
//! `tb.licence.v1` (`licence.licence.issued` and what follows; key: case number).
//!
//! Invariants
//! - One order makes one licence, however often it is delivered.
//! - What stands on a licence never changes: it is signed as a whole, and a later version is a new
//!   licence that replaces it. States change beside it, each with an entry of its history.
//! - Holder and face items lie in sealed columns only; the code that verifies a licence is found by
//!   its blind index.

mod api;
mod app;
mod entity;
mod error;
mod events;
mod held;
mod jobs;
mod migration;
mod model;
mod press;
mod sealed;
pub mod seed;
mod service;
mod signing;
mod store;
mod view;

use std::sync::Arc;

use axum::Router;
use tb_contract::licences::{HeldLicences, LicenceTypes};
use tb_contract::ports::IssuedLicences;
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::Store;
use tb_storage::migration::MigrationSet;
use tb_typeset::Typeroom;

pub use app::Ports;
pub use error::{Error, field};
pub use model::document::TypeDocument;
pub use model::mark::is_mark;

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "licence",
        migrations: MigrationSet {
            domain: "licence",
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

/// The licences of cases, for the archive; `public_url` is where their codes lead.
pub fn issued(store: &Store, typeroom: Typeroom, public_url: &str) -> Arc<dyn IssuedLicences> {
    Arc::new(press::Press::new(store, typeroom, public_url))
}

/// Which types there are, for the catalogue.
pub fn types(store: &Store) -> Arc<dyn LicenceTypes> {
    Arc::new(held::Types(store.clone()))
}

/// The licences of holders, for whoever takes one in the place of an upload.
pub fn held(store: &Store, typeroom: Typeroom, public_url: &str) -> Arc<dyn HeldLicences> {
    Arc::new(held::Held(press::Press::new(store, typeroom, public_url)))
}

/// The API description of the domain.
pub fn api_document() -> utoipa::openapi::OpenApi {
    api::routes().into_openapi()
}

/// Opens the domain.
pub fn module(edge: &Edge, ports: Ports) -> Module {
    let app = app::App::new(edge, ports);
    Module {
        domain: "licence",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![events::subscription(app.clone())],
        periodic: jobs::periodic(&app),
        queues: Vec::new(),
        tasks: Vec::new(),
    }
}
