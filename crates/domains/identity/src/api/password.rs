//! `/password`: changing one's own.

use axum::extract::State;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::PasswordChange;
use tb_http::{Ctx, Json, ProblemBody, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service;

/// The present password and the new one.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ChangePassword {
    /// Present password.
    #[schema(format = Password)]
    pub current: String,
    /// New password, 10 to 128 characters.
    #[schema(format = Password)]
    pub new: String,
}

/// The password has been changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasswordChanged {
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Changes the password and ends every other session of the account.
#[utoipa::path(post, path = "/password", request_body = ChangePassword, responses(
    (status = 200, body = PasswordChanged),
    (status = 422, body = ProblemBody, description = "`identity.invalid_password` with the field"),
    (status = 429, body = ProblemBody, description = "`identity.locked`"),
))]
async fn change_password(
    State(app): State<App>,
    ctx: Ctx<PasswordChange>,
    headers: HeaderMap,
    Json(body): Json<ChangePassword>,
) -> tb_http::Result<Json<PasswordChanged>> {
    Ok(Json(
        service::change_password::change_password(&app, &ctx, &headers, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<PasswordChange, _>(routes!(change_password)))
}
