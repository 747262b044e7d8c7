//! Routes of interaction under `/api/v1/interaction`.

mod appraisal;
mod follow;
mod hotline;
mod link;
mod rates;
mod sms;
mod task;
mod words;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(task::routes())
        .merge(follow::routes())
        .merge(words::routes())
        .merge(link::routes())
        .merge(hotline::routes())
        .merge(appraisal::routes())
        .merge(sms::routes())
        .merge(rates::routes())
}
