//! `/accounts`: administrators look after accounts.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{AccountRead, AccountWrite};
use tb_http::{Ctx, Json, Path, ProblemBody, Query, guard};
use tb_kernel::{AccountId, AccountKind, DepartmentRef, EnterpriseRef, Page, PageRequest, Region};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::model::Account;
use crate::service::{accounts, change_account, lock};

/// Which accounts to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AccountQuery {
    /// Start of a staff login name, part of a staff name, or an exact name, id number, phone or
    /// login name of anybody.
    pub q: Option<String>,
    /// Kind of account.
    #[param(inline)]
    pub kind: Option<AccountKind>,
    /// Credit code of the department.
    pub department: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

impl AccountQuery {
    pub(crate) fn page(&self) -> PageRequest {
        PageRequest {
            cursor: self.cursor.clone(),
            limit: self.limit,
        }
    }
}

/// An account, masked.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountView {
    /// Id.
    pub id: AccountId,
    /// Login name; masked for persons.
    pub account: String,
    /// Kind.
    pub kind: AccountKind,
    /// Name; masked for persons.
    pub name: String,
    /// Citizen id, masked.
    pub citizen_id: Option<String>,
    /// Phone, masked.
    pub phone: Option<String>,
    /// Department.
    pub department: Option<DepartmentRef>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Enterprise.
    pub enterprise: Option<EnterpriseRef>,
    /// Keys of the roles held.
    pub roles: Vec<String>,
    /// Whether it belongs to the demo.
    pub demo: bool,
    /// Whether an administrator has locked it.
    pub locked: bool,
    /// Until when wrong passwords have locked it out.
    pub locked_until: Option<DateTime<Utc>>,
    /// Whether its password is initial still.
    pub must_change_password: bool,
    /// Version, for changes.
    pub version: i64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who changed it.
    pub updated_by: String,
}

impl AccountView {
    pub(crate) fn new(account: &Account, locked_until: Option<DateTime<Utc>>) -> Self {
        Self {
            id: account.id,
            account: account.shown_login(),
            kind: account.kind,
            name: account.shown_name(),
            citizen_id: account.masked_citizen_id(),
            phone: account.masked_phone(),
            department: account.department.clone(),
            region: account.region.clone(),
            enterprise: account.enterprise.clone(),
            roles: account.roles.clone(),
            demo: account.demo,
            locked: account.disabled_at.is_some(),
            locked_until,
            must_change_password: account.must_change_password,
            version: account.version,
            created_at: account.created_at,
            updated_at: account.updated_at,
            updated_by: account.updated_by.clone(),
        }
    }
}

/// A new staff account.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewAccount {
    /// Login name: 3 to 32 of `a-z 0-9 . _ -`, a letter first.
    pub account: String,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// Credit code of the department.
    pub department_code: Option<String>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Keys of the roles; `administrator` makes an administrator.
    pub roles: Vec<String>,
    /// Initial password; its owner must change it.
    #[schema(format = Password)]
    pub password: String,
}

/// What an account becomes; what is left out is emptied.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ChangeAccount {
    /// The version that was looked at.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Phone; left out or empty: as it is, since lists show it masked.
    pub phone: Option<String>,
    /// Credit code of the department.
    pub department_code: Option<String>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Keys of the roles.
    pub roles: Vec<String>,
}

/// A new initial password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ResetPassword {
    /// Initial password; its owner must change it.
    #[schema(format = Password)]
    pub password: String,
}

/// Accounts, newest first, masked.
#[utoipa::path(get, path = "/accounts", params(AccountQuery), responses((status = 200, body = Page<AccountView>)))]
async fn list_accounts(
    ctx: Ctx<AccountRead>,
    Query(query): Query<AccountQuery>,
) -> tb_http::Result<Json<Page<AccountView>>> {
    Ok(Json(accounts::list(&ctx, query).await?))
}

/// One account, masked.
#[utoipa::path(get, path = "/accounts/{id}", params(("id" = AccountId, Path)), responses((status = 200, body = AccountView)))]
async fn find_account(
    ctx: Ctx<AccountRead>,
    Path(id): Path<AccountId>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(accounts::find(&ctx, id).await?))
}

/// Creates a staff account.
#[utoipa::path(post, path = "/accounts", request_body = NewAccount, responses(
    (status = 200, body = AccountView),
    (status = 409, body = ProblemBody, description = "`identity.account_taken`"),
    (status = 422, body = ProblemBody, description = "`identity.invalid_account` with the fields"),
))]
async fn create_account(
    State(app): State<App>,
    ctx: Ctx<AccountWrite>,
    Json(body): Json<NewAccount>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(change_account::create(&app, &ctx, body).await?))
}

/// Changes a staff account.
#[utoipa::path(put, path = "/accounts/{id}", params(("id" = AccountId, Path)), request_body = ChangeAccount, responses(
    (status = 200, body = AccountView),
    (status = 409, body = ProblemBody, description = "`identity.stale_version` with who and when"),
    (status = 422, body = ProblemBody, description = "`identity.invalid_account` with the fields"),
))]
async fn change_account(
    State(app): State<App>,
    ctx: Ctx<AccountWrite>,
    Path(id): Path<AccountId>,
    Json(body): Json<ChangeAccount>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(change_account::change(&app, &ctx, id, body).await?))
}

/// Locks an account and ends its sessions.
#[utoipa::path(post, path = "/accounts/{id}/lock", params(("id" = AccountId, Path)), responses((status = 200, body = AccountView)))]
async fn lock_account(
    State(app): State<App>,
    ctx: Ctx<AccountWrite>,
    Path(id): Path<AccountId>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(lock::lock(&app, &ctx, id).await?))
}

/// Unlocks an account.
#[utoipa::path(post, path = "/accounts/{id}/unlock", params(("id" = AccountId, Path)), responses((status = 200, body = AccountView)))]
async fn unlock_account(
    State(app): State<App>,
    ctx: Ctx<AccountWrite>,
    Path(id): Path<AccountId>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(lock::unlock(&app, &ctx, id).await?))
}

/// Gives a staff account a new initial password and ends its sessions.
#[utoipa::path(post, path = "/accounts/{id}/reset-password", params(("id" = AccountId, Path)), request_body = ResetPassword, responses(
    (status = 200, body = AccountView),
    (status = 422, body = ProblemBody, description = "`identity.invalid_password` with the field"),
))]
async fn reset_password(
    State(app): State<App>,
    ctx: Ctx<AccountWrite>,
    Path(id): Path<AccountId>,
    Json(body): Json<ResetPassword>,
) -> tb_http::Result<Json<AccountView>> {
    Ok(Json(lock::reset_password(&app, &ctx, id, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<AccountRead, _>(routes!(list_accounts)))
        .routes(guard::<AccountWrite, _>(routes!(create_account)))
        .routes(guard::<AccountRead, _>(routes!(find_account)))
        .routes(guard::<AccountWrite, _>(routes!(change_account)))
        .routes(guard::<AccountWrite, _>(routes!(lock_account)))
        .routes(guard::<AccountWrite, _>(routes!(unlock_account)))
        .routes(guard::<AccountWrite, _>(routes!(reset_password)))
}
