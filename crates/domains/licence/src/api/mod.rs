//! The interface of the register under `/api/v1/licence`.

mod amend;
mod change;
mod licence;
mod mine;
pub(crate) mod types;
mod verify;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every route, each behind its permission.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(verify::routes())
        .merge(mine::routes())
        .merge(licence::routes())
        .merge(change::routes())
        .merge(amend::routes())
        .merge(types::routes())
}
