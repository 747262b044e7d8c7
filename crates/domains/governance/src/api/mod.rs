//! Routes of the centre under `/api/v1/governance`.

mod audit;
mod channel;
mod event_log;

use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(channel::routes())
        .merge(event_log::routes())
        .merge(audit::routes())
}
