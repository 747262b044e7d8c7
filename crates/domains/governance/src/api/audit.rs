//! `/audit`: the newest audit rows, for the administrator.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::AuditRead;
use tb_http::{Ctx, Json, Query, guard};
use tb_kernel::{AccountId, Page, PageRequest};
use tb_storage::{AuditFilter, AuditRow, Sealer, audit_reason, audit_rows};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::App;

/// One audit row.
#[derive(Debug, Serialize, ToSchema)]
struct AuditView {
    /// Moment.
    at: DateTime<Utc>,
    /// Account; nil for the platform itself.
    actor_id: Uuid,
    /// What the account is called: staff by name and login, citizens masked; none where it is not
    /// known here.
    actor_name: Option<String>,
    /// Acting as what.
    acting_as: String,
    /// What was done.
    action: String,
    /// Kind of object.
    object_kind: String,
    /// Object.
    object_id: String,
    /// What it is called, where it is an account that is known here: staff by name and login, citizens masked.
    object_name: Option<String>,
    /// `done`, `refused` or `read`.
    result: String,
    /// Request.
    request_id: Uuid,
    /// Why, where that had to be said: personal data that left the house.
    reason: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// One object.
    object_id: Option<String>,
    /// Where the last page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    limit: Option<u32>,
}

impl AuditQuery {
    fn page(&self) -> PageRequest {
        PageRequest {
            cursor: self.cursor.clone(),
            limit: self.limit,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<AuditRead, _>(routes!(list)))
}

/// Audit rows, newest first.
#[utoipa::path(get, path = "/audit", params(AuditQuery), responses((status = 200, body = Page<AuditView>)))]
async fn list(
    State(app): State<App>,
    ctx: Ctx<AuditRead>,
    Query(query): Query<AuditQuery>,
) -> tb_http::Result<Json<Page<AuditView>>> {
    let page = query.page();
    let filter = AuditFilter {
        object_id: query.object_id,
    };
    let page = audit_rows(ctx.store(), &filter, &page).await?;
    let mut accounts: Vec<AccountId> = page
        .items
        .iter()
        .map(|row| AccountId(row.actor_id))
        .chain(page.items.iter().filter_map(account_of))
        .filter(|account| !account.0.is_nil())
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = app.names.names(&accounts).await?;
    let sealer = ctx.store().sealer();
    let rows = page.items.into_iter();
    let items = rows.map(|row| view(sealer, row, &names)).collect();
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// The account that something was done to.
fn account_of(row: &AuditRow) -> Option<AccountId> {
    let is_account = row.object_kind == "account";
    let id = Uuid::parse_str(&row.object_id).ok();
    id.filter(|_| is_account).map(AccountId)
}

fn view(sealer: &Sealer, row: AuditRow, names: &HashMap<AccountId, String>) -> AuditView {
    // One row that cannot be opened does not hide the others; `tongban audit verify` finds it.
    let reason = audit_reason(&row, sealer).unwrap_or_else(|error| {
        tracing::error!(%error, "the reason of an audit row cannot be opened");
        Some("?".to_owned())
    });
    let object_name = account_of(&row).and_then(|account| names.get(&account).cloned());
    AuditView {
        at: row.at,
        actor_id: row.actor_id,
        actor_name: names.get(&AccountId(row.actor_id)).cloned(),
        acting_as: row.acting_as,
        action: row.action,
        object_name,
        object_kind: row.object_kind,
        object_id: row.object_id,
        result: row.result,
        request_id: row.request_id,
        reason,
    }
}
