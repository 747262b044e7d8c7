//! Routes of intake; no rule and no query here.

mod application;
mod assist;
mod assist_desk;
mod assist_fill;
mod batch;
mod call;
mod counter;
mod counter_file;
mod fee;
mod file;
mod letter;
mod licence;
mod message;
mod progress;
mod result;
mod signature;
mod vault;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Routes for the public.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(application::routes())
        .merge(assist::routes())
        .merge(assist_desk::routes())
        .merge(assist_fill::routes())
        .merge(batch::routes())
        .merge(call::routes())
        .merge(counter::routes())
        .merge(counter_file::routes())
        .merge(fee::routes())
        .merge(file::routes())
        .merge(letter::routes())
        .merge(result::routes())
        .merge(licence::routes())
        .merge(message::routes())
        .merge(progress::routes())
        .merge(signature::routes())
        .merge(vault::routes())
}
