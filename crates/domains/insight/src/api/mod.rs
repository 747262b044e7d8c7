//! Routes of insight under `/api/v1/insight`.

mod board;
mod datasets;
mod penalty;
mod permit;
mod publicity;
mod statistics;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(board::routes())
        .merge(statistics::routes())
        .merge(publicity::routes())
        .merge(penalty::routes())
        .merge(permit::routes())
        .merge(datasets::routes())
}
