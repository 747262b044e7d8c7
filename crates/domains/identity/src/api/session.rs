//! `/session`: signing in and out, one's own session.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{SessionUse, granted};
use tb_http::{Ctx, Json, ProblemBody, clear_session_cookie, guard, session_cookie, session_token};
use tb_kernel::{AccountId, AccountKind, DepartmentRef, EnterpriseRef, Region};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::model::Account;
use crate::service;

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    /// Login name; a citizen may use his mobile number where it is his login name.
    pub account: String,
    /// Password.
    #[schema(format = Password)]
    pub password: String,
}

/// A session. Names and login names of persons are masked.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Account.
    pub account_id: AccountId,
    /// Login name.
    pub account: String,
    /// Kind of account.
    pub kind: AccountKind,
    /// Name to show.
    pub name: String,
    /// Keys of the roles held.
    pub roles: Vec<String>,
    /// Keys of everything that may be done now, for menus.
    pub permissions: Vec<&'static str>,
    /// Department, for staff.
    pub department: Option<DepartmentRef>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Enterprise, for agents.
    pub enterprise: Option<EnterpriseRef>,
    /// When the session ends if nothing happens.
    pub expires_at: DateTime<Utc>,
    /// Until the initial password is changed, nothing else can be done.
    pub must_change_password: bool,
}

impl SessionView {
    pub(crate) fn new(account: &Account, expires_at: DateTime<Utc>) -> Self {
        Self {
            account_id: account.id,
            account: account.shown_login(),
            kind: account.kind,
            name: account.shown_name(),
            roles: account.roles.clone(),
            permissions: granted(&account.actor()),
            department: account.department.clone(),
            region: account.region.clone(),
            enterprise: account.enterprise.clone(),
            expires_at,
            must_change_password: account.must_change_password,
        }
    }
}

/// Signs in. The answer sets the cookie `tb_session`.
#[utoipa::path(post, path = "/session", request_body = SignIn, responses(
    (status = 200, body = SessionView),
    (status = 401, body = ProblemBody, description = "`identity.wrong_credentials`: no such account or wrong password"),
    (status = 403, body = ProblemBody, description = "`identity.account_locked`"),
    (status = 429, body = ProblemBody, description = "`identity.locked`, or `http.limited` per address"),
))]
async fn sign_in(
    State(app): State<App>,
    ctx: Ctx<SessionUse>,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> tb_http::Result<impl IntoResponse> {
    let (view, token) = service::sign_in::sign_in(&app, &ctx, &headers, body).await?;
    let cookie = session_cookie(&token, ctx.edge().is_secure());
    Ok((
        AppendHeaders(cookie.map(|cookie| (SET_COOKIE, cookie))),
        Json(view),
    ))
}

/// The session of the request.
#[utoipa::path(get, path = "/session", responses(
    (status = 200, body = SessionView),
    (status = 204, description = "Nobody is signed in"),
    (status = 401, body = ProblemBody, description = "The session has ended"),
))]
async fn current_session(
    State(app): State<App>,
    ctx: Ctx<SessionUse>,
    headers: HeaderMap,
) -> tb_http::Result<Response> {
    if session_token(&headers).is_none() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let session = service::session::current(&app, &ctx, &headers).await?;
    Ok(Json(session).into_response())
}

/// Signs out. Without a session it is done already.
#[utoipa::path(delete, path = "/session", responses((status = 204)))]
async fn sign_out(
    State(app): State<App>,
    ctx: Ctx<SessionUse>,
    headers: HeaderMap,
) -> tb_http::Result<impl IntoResponse> {
    service::session::sign_out(&app, &ctx, &headers).await?;
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(SET_COOKIE, clear_session_cookie())]),
    ))
}

/// Prolongs the session, up to its absolute end.
#[utoipa::path(post, path = "/session/renew", responses(
    (status = 200, body = SessionView),
    (status = 401, body = ProblemBody, description = "The session has ended"),
))]
async fn renew_session(
    State(app): State<App>,
    ctx: Ctx<SessionUse>,
    headers: HeaderMap,
) -> tb_http::Result<Json<SessionView>> {
    Ok(Json(service::session::renew(&app, &ctx, &headers).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<SessionUse, _>(routes!(
            sign_in,
            current_session,
            sign_out
        )))
        .routes(guard::<SessionUse, _>(routes!(renew_session)))
}
