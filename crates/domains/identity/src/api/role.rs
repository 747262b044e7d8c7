//! `/roles`: the registry of roles and what they grant.

use serde::Serialize;
use tb_contract::access::{ROLES, Reach, Role, RoleRead};
use tb_http::{Ctx, Json, guard};
use tb_kernel::Page;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

/// A role.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    /// Key.
    pub key: &'static str,
    /// Whether it is given to staff (else at registration).
    pub staff: bool,
    /// What it grants.
    pub grants: Vec<GrantView>,
}

/// A permission that a role grants.
#[derive(Serialize, ToSchema)]
pub(crate) struct GrantView {
    /// Key of the permission.
    pub permission: &'static str,
    /// How far it reaches: `own`, `department`, `region`, `all`.
    pub reach: &'static str,
}

impl From<&Role> for RoleView {
    fn from(role: &Role) -> Self {
        let grants = role.grants.iter().map(|(permission, reach)| GrantView {
            permission,
            reach: word(*reach),
        });
        Self {
            key: role.key,
            staff: role.staff,
            grants: grants.collect(),
        }
    }
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "own",
        Reach::Department => "department",
        Reach::Region => "region",
        Reach::All => "all",
    }
}

/// The roles and what they grant.
#[utoipa::path(get, path = "/roles", responses((status = 200, body = Page<RoleView>)))]
async fn list_roles(_ctx: Ctx<RoleRead>) -> Json<Page<RoleView>> {
    Json(Page {
        items: ROLES.iter().map(RoleView::from).collect(),
        next_cursor: None,
    })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<RoleRead, _>(routes!(list_roles)))
}
