//! `/delegations`: who holds somebody's posts while he is away (代理).

use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::access::DelegationKeep;
use tb_http::{Ctx, Json, Path, ProblemBody, Query, guard};
use tb_kernel::{AccountId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::delegation;

/// Which delegations to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DelegationQuery {
    /// Only those that run or are to come.
    #[serde(default)]
    pub current: bool,
    /// Only those in which the caller is absent or deputy.
    #[serde(default)]
    pub mine: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// How a delegation stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DelegationStage {
    /// Its first day has not come.
    Coming,
    /// It runs.
    Running,
    /// Its last day is over, or it was ended.
    Over,
}

/// One of the two people.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegationPerson {
    /// Name.
    pub name: String,
    /// Whether it is the caller.
    pub me: bool,
}

/// A delegation.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegationView {
    /// Id.
    pub id: Uuid,
    /// Who is away.
    pub absent: DelegationPerson,
    /// Who holds his posts meanwhile.
    pub deputy: DelegationPerson,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// How it stands today.
    pub stage: DelegationStage,
    /// Who ended it early.
    pub ended_by: Option<String>,
    /// Who arranged it.
    pub made_by: String,
    /// Version, for ending it.
    pub version: i64,
}

/// Somebody of the office who can be a deputy, or have one.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeputyChoice {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Whether it is the caller.
    pub me: bool,
    /// Posts.
    pub roles: Vec<String>,
}

/// Whom the caller may name.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeputyChoices {
    /// Whether he arranges it for colleagues too.
    pub for_others: bool,
    /// The people of his office who hold a post.
    pub people: Vec<DeputyChoice>,
}

/// A deputy to be named.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewDelegation {
    /// Who is away; the caller where left out. Others are named by whoever arranges it for the
    /// office.
    pub absent_id: Option<AccountId>,
    /// The deputy.
    pub deputy_id: AccountId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A delegation to be ended.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EndDelegation {
    /// Version that the caller has seen.
    pub version: i64,
}

/// Delegations, the newest first: one's own, or all of the office.
#[utoipa::path(get, path = "/delegations", params(DelegationQuery), responses((status = 200, body = Page<DelegationView>)))]
async fn list_delegations(
    ctx: Ctx<DelegationKeep>,
    Query(query): Query<DelegationQuery>,
) -> tb_http::Result<Json<Page<DelegationView>>> {
    Ok(Json(delegation::list(&ctx, query).await?))
}

/// Who can be a deputy, or have one.
#[utoipa::path(get, path = "/delegations/people", responses((status = 200, body = DeputyChoices)))]
async fn list_deputies(ctx: Ctx<DelegationKeep>) -> tb_http::Result<Json<DeputyChoices>> {
    Ok(Json(delegation::choices(&ctx).await?))
}

/// Names a deputy.
#[utoipa::path(post, path = "/delegations", request_body = NewDelegation, responses(
    (status = 200, body = DelegationView),
    (status = 409, body = ProblemBody, description = "Something else is arranged for some of the days"),
    (status = 422, body = ProblemBody, description = "Days, reason or people do not fit"),
))]
async fn make_delegation(
    State(app): State<App>,
    ctx: Ctx<DelegationKeep>,
    Json(body): Json<NewDelegation>,
) -> tb_http::Result<Json<DelegationView>> {
    Ok(Json(delegation::make(&app, &ctx, body).await?))
}

/// Ends a delegation before its last day. The absent, the deputy and whoever arranges it for the
/// office may.
#[utoipa::path(post, path = "/delegations/{id}/end", params(("id" = Uuid, Path)), request_body = EndDelegation, responses(
    (status = 200, body = DelegationView),
    (status = 409, body = ProblemBody, description = "`identity.delegation_over`, `identity.delegation_moved`"),
))]
async fn end_delegation(
    State(app): State<App>,
    ctx: Ctx<DelegationKeep>,
    Path(id): Path<Uuid>,
    Json(body): Json<EndDelegation>,
) -> tb_http::Result<Json<DelegationView>> {
    Ok(Json(delegation::end(&app, &ctx, id, body.version).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<DelegationKeep, _>(routes!(list_delegations)))
        .routes(guard::<DelegationKeep, _>(routes!(list_deputies)))
        .routes(guard::<DelegationKeep, _>(routes!(make_delegation)))
        .routes(guard::<DelegationKeep, _>(routes!(end_delegation)))
}
