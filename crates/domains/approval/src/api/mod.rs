//! The interface of approval under `/api/v1/approval`.

mod archive;
pub(crate) mod archive_body;
mod batch;
pub(crate) mod batch_body;
pub(crate) mod body;
mod case;
mod command;
pub(crate) mod commitment;
pub(crate) mod delivery;
mod diversion;
pub(crate) mod exchange;
pub(crate) mod fee;
mod file;
pub(crate) mod handover;
pub(crate) mod hearing;
pub(crate) mod joint;
pub(crate) mod label;
pub(crate) mod letter;
pub(crate) mod note;
pub(crate) mod opinion;
mod relay;
pub(crate) mod relay_body;
pub(crate) mod result;
pub(crate) mod saved;
mod simulator;
pub(crate) mod supervision;
pub(crate) mod view;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every route, each behind its permission.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(archive::routes())
        .merge(batch::routes())
        .merge(case::routes())
        .merge(command::routes())
        .merge(commitment::routes())
        .merge(delivery::routes())
        .merge(diversion::routes())
        .merge(exchange::routes())
        .merge(fee::routes())
        .merge(file::routes())
        .merge(handover::routes())
        .merge(hearing::routes())
        .merge(joint::routes())
        .merge(label::routes())
        .merge(letter::routes())
        .merge(note::routes())
        .merge(opinion::routes())
        .merge(relay::routes())
        .merge(result::routes())
        .merge(saved::routes())
        .merge(simulator::routes())
        .merge(supervision::routes())
}
