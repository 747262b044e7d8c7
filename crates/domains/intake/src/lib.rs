//! Intake (收件): the applicant's side of a case. Owns applications in `draft` and `submitted`,
//! materials, the timeline and inbox of applicants, ratings, and read copies of items and
//! calendars; from submission on the state is a mirror of what the department says.
//!
//! Tells (`tb.intake.change.v1`, fetched by the centre through [`changes`]):
//! `intake.application.submitted|resubmitted|corrected|withdrawn|rated`, versions without gaps.
//! Hears: `governance.application.fed_back`, `catalogue.item.*`, `catalogue.calendar.published`.
//!
//! Invariants: a case number is given once, and belongs to the transaction that submits; the mirror moves only
//! to higher versions of the case; a correction changes only what its notice lists; nothing that
//! names a person stands in a clear column.

mod api;
mod app;
mod collections;
mod entity;
mod error;
mod events;
mod feed;
mod jobs;
mod migration;
mod model;
mod places;
mod sealed;
mod sentence;
mod serials;
mod service;
mod store;
mod view;

use axum::Router;
use tb_http::Edge;
use tb_kernel::Locale;
use tb_module::{Manifest, Module};
use tb_storage::BlobColumn;

pub use app::{Ports, Settings};
pub use collections::collections;
pub use error::{Error, FIELD_CODES};
pub use feed::changes;

/// What the binary must know before intake is opened.
pub fn manifest() -> Manifest {
    Manifest {
        domain: "intake",
        migrations: migration::MIGRATIONS,
        texts: [
            (Locale::Chinese, include_str!("../locales/zh-CN.json")),
            (Locale::English, include_str!("../locales/en.json")),
        ],
        codes: Error::CODES,
        blobs: &[
            BlobColumn {
                table: "intake_material",
                column: "blob",
            },
            BlobColumn {
                table: "intake_vault_file",
                column: "blob",
            },
        ],
    }
}

/// The API document of intake.
pub fn api_document() -> utoipa::openapi::OpenApi {
    api::routes().into_openapi()
}

/// Intake, ready to be served.
pub fn module(edge: &Edge, ports: Ports) -> Module {
    let app = app::App::new(edge, ports);
    let queues = jobs::queues(&app);
    Module {
        domain: "intake",
        routes: api::routes().with_state(app.clone()),
        // The feed is a port: the gateway exposes it.
        internal: Router::new(),
        subscriptions: vec![events::subscription(app)],
        periodic: vec![
            jobs::delete_lapsed_drafts(),
            jobs::look_after_signatures(),
            jobs::resume_batches(),
        ],
        queues,
        tasks: Vec::new(),
    }
}
