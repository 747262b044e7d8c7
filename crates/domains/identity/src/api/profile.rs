//! `/profile`: one's own data.

use serde::{Deserialize, Serialize};
use tb_contract::access::ProfileRead;
use tb_http::{Ctx, Json, Query, guard};
use tb_kernel::{AccountId, AccountKind, DepartmentRef, EnterpriseRef, Region};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::model::Account;
use crate::service;

/// How to show it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProfileQuery {
    /// Whether to show everything in full; this is recorded.
    #[serde(default)]
    pub unmasked: bool,
}

/// Data of an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProfileView {
    /// Account.
    pub account_id: AccountId,
    /// Login name.
    pub account: String,
    /// Kind of account.
    pub kind: AccountKind,
    /// Name.
    pub name: String,
    /// Citizen id.
    pub citizen_id: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Department, for staff.
    pub department: Option<DepartmentRef>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Enterprise, for agents.
    pub enterprise: Option<EnterpriseRef>,
    /// Whether everything is shown in full.
    pub unmasked: bool,
}

impl ProfileView {
    pub(crate) fn masked(account: Account) -> Self {
        Self {
            account: account.shown_login(),
            name: account.shown_name(),
            citizen_id: account.masked_citizen_id(),
            phone: account.masked_phone(),
            unmasked: false,
            ..Self::unmasked(account)
        }
    }

    pub(crate) fn unmasked(account: Account) -> Self {
        Self {
            account_id: account.id,
            account: account.login,
            kind: account.kind,
            name: account.name,
            citizen_id: account.citizen_id,
            phone: account.phone,
            department: account.department,
            region: account.region,
            enterprise: account.enterprise,
            unmasked: true,
        }
    }
}

/// One's own data: masked, or in full with `unmasked=true`.
#[utoipa::path(get, path = "/profile", params(ProfileQuery), responses((status = 200, body = ProfileView)))]
async fn own_profile(
    ctx: Ctx<ProfileRead>,
    Query(query): Query<ProfileQuery>,
) -> tb_http::Result<Json<ProfileView>> {
    Ok(Json(service::profile::profile(&ctx, query.unmasked).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<ProfileRead, _>(routes!(own_profile)))
}
