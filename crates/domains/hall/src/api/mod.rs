//! The interface of the hall under `/api/v1/hall`.

mod desk;
mod open;
mod own;
mod site;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every route, each behind its permission.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(open::routes())
        .merge(own::routes())
        .merge(desk::routes())
        .merge(site::routes())
}
