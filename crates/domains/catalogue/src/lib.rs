//! The catalogue: what can be applied for, where, under which calendar.
//!
//! Owns departments, divisions, items with their versions, themes, the list of hot items and the
//! working-day calendar. It is also the specimen of a domain: the others are built as it is.
//!
//! Publishes on `tb.catalogue.v1`: `catalogue.item.published` and `.withdrawn` (key: item code),
//! `catalogue.calendar.published` (key: `calendar`), `catalogue.department.published` (key: its
//! code). Listens to `insight.items.counted`: what is most applied for.
//!
//! Invariants
//! - A published version never changes; cases are pinned to (item code, version).
//! - One code names one item: implementation, business and external codes share one table.
//! - What is published has passed `model::publish_check`, or is a guide without a form.
//! - A version is published by a second person's approval (`service::review`); only seeding and the
//!   import of lists publish by themselves.
//! - Lists, guides and the division tree in memory follow the revisions that every change raises in
//!   its own transaction (`shelf`).

mod api;
mod catalogue;
mod entity;
mod error;
mod events;
mod jobs;
mod migration;
mod model;
mod service;
mod shelf;
mod store;

use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::BlobColumn;

pub use catalogue::Catalogue;
pub use error::{Error, field};
pub use model::row::RowNote;
pub use service::import_items::{ImportOptions, ImportReport, import_items};
pub use service::seed;

/// What the binary must know before the domain is opened.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "catalogue",
        migrations: migration::MIGRATIONS,
        texts: [
            (Locale::Chinese, include_str!("../locales/zh-CN.json")),
            (Locale::English, include_str!("../locales/en.json")),
        ],
        codes: Error::CODES,
        blobs: &[BlobColumn {
            table: "catalogue_form_file",
            column: "blob",
        }],
    }
}

/// The description of the interface.
pub fn api_document() -> utoipa::openapi::OpenApi {
    api::routes().into_openapi()
}

/// The domain, ready to be served. In the place of ports stands the handle, which the binary has made
/// before the edge, since identity's sessions need it; it asks the register of licences alone.
pub fn module(_: &Edge, catalogue: Catalogue) -> Module {
    Module {
        domain: "catalogue",
        periodic: jobs::periodic(&catalogue),
        routes: api::routes().with_state(catalogue),
        internal: axum::Router::new(),
        subscriptions: vec![events::subscription()],
        queues: Vec::new(),
        tasks: Vec::new(),
    }
}
