//! The hall: service places with their hours and counters, and the visits that are booked there (办事预约,
//! 预约取件). Queues and tickets will live here, too.
//!
//! Listens to the catalogue (items, departments, calendars); publishes on `tb.hall.v1`
//! (`hall.appointment.confirmed` and what follows; key: id of the appointment), which intake writes into
//! the inbox of whoever booked.
//!
//! Invariants
//! - A slot never takes more visits than it has room for: whoever books, moves or changes the hours holds the
//!   row of the place. The place is always taken before the appointment.
//! - Nobody has two open bookings for the same item, or the same result, on a day, nor two at the same time.
//! - A booking that no longer fits changed hours is declined with a reason and told, never dropped.
//! - Names and phones lie in sealed columns only, and staff see them masked.

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
mod view;

use axum::Router;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;

pub use app::{Ports, Settings};
pub use error::{Error, field};
pub use model::conduct::Conduct;
pub use model::site::SiteDocument;

/// What the binary must know before it opens the domain.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "hall",
        migrations: MigrationSet {
            domain: "hall",
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
        domain: "hall",
        routes: api::routes().with_state(app.clone()),
        internal: Router::new(),
        subscriptions: vec![events::subscription()],
        periodic: jobs::periodic(),
        queues: Vec::new(),
        tasks: Vec::new(),
    }
}
