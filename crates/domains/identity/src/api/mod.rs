//! The routes under `/api/v1/identity`.

pub(crate) mod account;
pub(crate) mod delegation;
pub(crate) mod kiosk;
pub(crate) mod password;
pub(crate) mod profile;
pub(crate) mod proxy;
pub(crate) mod role;
pub(crate) mod session;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// All routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(session::routes())
        .merge(password::routes())
        .merge(profile::routes())
        .merge(account::routes())
        .merge(role::routes())
        .merge(delegation::routes())
        .merge(proxy::routes())
        .merge(kiosk::routes())
}
