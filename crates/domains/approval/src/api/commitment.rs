//! Promises (告知承诺): the check after the decision, what a false one leads to, and who is barred.

use axum::extract::State;
use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CaseDivert, CaseRead};
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{CaseId, Page};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::body::ReasonOnly;
use super::view::CaseView;
use crate::app::App;
use crate::model::commitment::{CheckStage, CommitmentKind};
use crate::model::diversion::Way;
use crate::model::event::office_day;
use crate::service;
use crate::service::divert::divert;

type Answer = tb_http::Result<Json<CaseView>>;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseDivert, _>(routes!(check_commitment)))
        .routes(guard::<CaseDivert, _>(routes!(order_rectification)))
        .routes(guard::<CaseDivert, _>(routes!(propose_revocation)))
        .routes(guard::<CaseDivert, _>(routes!(revoke_decision)))
        .routes(guard::<CaseDivert, _>(routes!(keep_decision)))
        .routes(guard::<CaseRead, _>(routes!(list_checks)))
        .routes(guard::<CaseRead, _>(routes!(list_bars)))
        .routes(guard::<CaseDivert, _>(routes!(propose_lift)))
        .routes(guard::<CaseDivert, _>(routes!(answer_lift)))
}

/// `check-commitment`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CheckCommitment {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// How it was checked.
    pub method: String,
    /// What was found; the applicant reads it.
    pub reason: String,
}

/// `order-rectification`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct OrderRectification {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// How it was checked.
    pub method: String,
    /// Last day for mending.
    pub mend_by: NaiveDate,
    /// What was found, and what is to be mended; the applicant reads it.
    pub reason: String,
}

/// `propose-revocation`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProposeRevocation {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// The provision that it rests on.
    pub basis: String,
    /// Natural days that the holder has for his statement, from the day after.
    pub answer_days: u32,
    /// Facts; the applicant reads them.
    pub reason: String,
}

/// `revoke-decision`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RevokeDecision {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// For how many months the holder may promise nothing.
    pub bar_months: u32,
    /// Facts and reasons; the applicant reads them.
    pub reason: String,
}

/// Which checks are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckQuery {
    /// `due`, `rectifying` or `hearing`.
    pub stage: Option<String>,
    /// Only those that are late.
    #[serde(default)]
    pub late: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A promise that wants looking at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckRow {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Name of the item.
    pub item_name: String,
    /// Applicant, masked where he is a person.
    pub applicant: String,
    /// For what the promise stands.
    pub kind: CommitmentKind,
    /// How far the check has come.
    pub stage: CheckStage,
    /// How the item says it is checked.
    pub method: String,
    /// Last day of the stage; none where the calendar does not reach.
    pub due: Option<NaiveDate>,
    /// Working days left up to it.
    pub remaining_working_days: Option<i32>,
    /// Whether it is over.
    pub late: bool,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Which bars are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BarQuery {
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// Somebody who may promise nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BarView {
    /// Id.
    pub id: Uuid,
    /// Version to send back with a change.
    pub version: i64,
    /// Whom it bars, masked where he is a person.
    pub holder: String,
    /// The case whose promise was false.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Name of its item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// Why.
    pub reason: String,
    /// Last day.
    pub until: NaiveDate,
    /// By whom.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Whether it counts today.
    pub in_force: bool,
    /// Who wants it lifted.
    pub lift_proposed_by: Option<String>,
    /// Why.
    pub lift_reason: Option<String>,
    /// Whether the caller may answer that.
    pub may_answer_lift: bool,
    /// When it was lifted.
    pub lifted_at: Option<DateTime<Utc>>,
    /// By whom.
    pub lifted_by: Option<String>,
}

/// `propose-lift`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProposeLift {
    /// Version of the bar that the caller has seen.
    pub version: i64,
    /// Why: what the holder has made good.
    pub reason: String,
}

/// `answer-lift`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AnswerLift {
    /// Version of the bar that the caller has seen.
    pub version: i64,
    /// Whether it is lifted.
    pub granted: bool,
}

/// Notes that a promise was checked and holds.
#[utoipa::path(post, path = "/cases/{id}/check-commitment", params(("id" = CaseId, Path)), request_body = CheckCommitment,
    responses((status = 200, body = CaseView)))]
async fn check_commitment(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<CheckCommitment>,
) -> Answer {
    let way = Way::CheckCommitment {
        method: body.method,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Gives the holder a term to keep what he promised.
#[utoipa::path(post, path = "/cases/{id}/order-rectification", params(("id" = CaseId, Path)), request_body = OrderRectification,
    responses((status = 200, body = CaseView)))]
async fn order_rectification(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<OrderRectification>,
) -> Answer {
    let way = Way::OrderRectification {
        method: body.method,
        mend_by: body.mend_by,
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Tells the holder that the decision is to be revoked, and hears him.
#[utoipa::path(post, path = "/cases/{id}/propose-revocation", params(("id" = CaseId, Path)), request_body = ProposeRevocation,
    responses((status = 200, body = CaseView)))]
async fn propose_revocation(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ProposeRevocation>,
) -> Answer {
    let last = office_day(ctx.now()).checked_add_days(Days::new(u64::from(body.answer_days)));
    let way = Way::ProposeRevocation {
        basis: body.basis,
        answer_until: last.unwrap_or(NaiveDate::MAX),
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Revokes the decision, takes its licence back and bars the holder from promises.
#[utoipa::path(post, path = "/cases/{id}/revoke-decision", params(("id" = CaseId, Path)), request_body = RevokeDecision,
    responses((status = 200, body = CaseView)))]
async fn revoke_decision(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<RevokeDecision>,
) -> Answer {
    let last = office_day(ctx.now()).checked_add_months(Months::new(body.bar_months));
    let way = Way::RevokeDecision {
        bar_until: last.unwrap_or(NaiveDate::MAX),
    };
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Leaves the decision as it is.
#[utoipa::path(post, path = "/cases/{id}/keep-decision", params(("id" = CaseId, Path)), request_body = ReasonOnly,
    responses((status = 200, body = CaseView)))]
async fn keep_decision(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<CaseId>,
    Json(body): Json<ReasonOnly>,
) -> Answer {
    let way = Way::KeepDecision;
    Ok(Json(
        divert(&app, &ctx, id, body.version, way, body.reason).await?,
    ))
}

/// Promises that want looking at, the most urgent first.
#[utoipa::path(get, path = "/commitment-checks", params(CheckQuery), responses((status = 200, body = Page<CheckRow>)))]
async fn list_checks(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Query(query): Query<CheckQuery>,
) -> tb_http::Result<Json<Page<CheckRow>>> {
    Ok(Json(service::check::checks(&app, &ctx, query).await?))
}

/// Who was barred from promises, the newest first.
#[utoipa::path(get, path = "/commitment-bars", params(BarQuery), responses((status = 200, body = Page<BarView>)))]
async fn list_bars(
    State(app): State<App>,
    ctx: Ctx<CaseRead>,
    Query(query): Query<BarQuery>,
) -> tb_http::Result<Json<Page<BarView>>> {
    Ok(Json(service::bar::bars(&app, &ctx, query).await?))
}

/// Proposes to lift a bar.
#[utoipa::path(post, path = "/commitment-bars/{id}/propose-lift", params(("id" = Uuid, Path)), request_body = ProposeLift,
    responses((status = 200, body = BarView)))]
async fn propose_lift(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<Uuid>,
    Json(body): Json<ProposeLift>,
) -> tb_http::Result<Json<BarView>> {
    Ok(Json(
        service::bar::propose_lift(&app, &ctx, id, body).await?,
    ))
}

/// Lifts a bar, or leaves it; by another person than the one who proposed it.
#[utoipa::path(post, path = "/commitment-bars/{id}/answer-lift", params(("id" = Uuid, Path)), request_body = AnswerLift,
    responses((status = 200, body = BarView)))]
async fn answer_lift(
    State(app): State<App>,
    ctx: Ctx<CaseDivert>,
    Path(id): Path<Uuid>,
    Json(body): Json<AnswerLift>,
) -> tb_http::Result<Json<BarView>> {
    Ok(Json(service::bar::answer_lift(&app, &ctx, id, body).await?))
}
