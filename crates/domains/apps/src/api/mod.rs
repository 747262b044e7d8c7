//! Routes under `/api/v1/apps`.

mod deliveries;
mod endpoints;

use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(endpoints::routes())
        .merge(deliveries::routes())
}
