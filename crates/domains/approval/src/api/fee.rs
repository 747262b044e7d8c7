//! The fees of a case, and what the payment platform tells.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{CaseUnmask, FeeApprove, FeeHandle, FeeRead, PaymentNotify};
use tb_contract::events::FeeLine;
use tb_contract::payments::SignedMessage;
use tb_http::{Ctx, FileAnswer, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::view::FileView;
use crate::app::App;
use crate::model::event::EventKind;
use crate::model::fee::{Asker, FeeState, RequestKind};
use crate::service::fee::{self, desk, money};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<FeeRead, _>(routes!(list_fees)))
        .routes(guard::<FeeHandle, _>(routes!(issue_fee)))
        .routes(guard::<FeeHandle, _>(routes!(propose_fee)))
        .routes(guard::<FeeApprove, _>(routes!(approve_fee)))
        .routes(guard::<FeeHandle, _>(routes!(refuse_fee)))
        .routes(guard::<FeeHandle, _>(routes!(take_back_fee)))
        .routes(guard::<CaseUnmask, _>(routes!(fee_file)))
        .routes(guard::<PaymentNotify, _>(routes!(notify_payment)))
}

/// The fees of a case. All sums in fen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFees {
    /// Where they are paid; none where no payment platform is connected.
    pub platform: Option<String>,
    /// Whether a notice can be issued.
    pub chargeable: bool,
    /// What the item charges.
    pub fees: Vec<ItemFeeView>,
    /// Orders, the last one first.
    pub orders: Vec<FeeOrderView>,
    /// Proof that came with requests which were answered since.
    pub proof: Vec<FileView>,
    /// What was said about them: asked, proposed, refused.
    pub said: Vec<FeeSaidView>,
}

impl CaseFees {
    /// Whether it tells of people and their need.
    pub(crate) fn is_personal(&self) -> bool {
        let mut orders = self.orders.iter();
        !self.proof.is_empty()
            || !self.said.is_empty()
            || orders.any(|order| order.request.is_some() || order.refusal.is_some())
    }
}

/// What somebody said about a fee.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeeSaidView {
    /// What it was.
    pub kind: EventKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// In his words.
    pub words: String,
}

/// A fee of the item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemFeeView {
    /// Its place on the item.
    pub fee: usize,
    /// Name.
    pub name: String,
    /// Basis.
    pub basis: String,
    /// Tariff in words.
    pub standard: String,
    /// Who pays less or nothing.
    pub reduction: String,
    /// Fen for one; none where a clerk fixes it.
    pub unit_amount: Option<i64>,
    /// How many, by what the form says.
    pub quantity: i64,
    /// Whether it is charged, by what the form says.
    pub charged: bool,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeeOrderView {
    /// Id.
    pub id: Uuid,
    /// Version: commands name it.
    pub version: i64,
    /// Where it stands.
    pub state: FeeState,
    /// What it is for.
    pub lines: Vec<FeeLine>,
    /// Sum of the notice.
    pub amount: i64,
    /// What is to be paid.
    pub due: i64,
    /// Paid.
    pub paid: i64,
    /// Given back.
    pub refunded: i64,
    /// On its way back.
    pub refunding: i64,
    /// What can be given back at most.
    pub kept: i64,
    /// 缴款码
    pub code: Option<String>,
    /// Last day for paying.
    pub pay_by: Option<NaiveDate>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// Number of the electronic receipt.
    pub receipt: Option<String>,
    /// Who made it.
    pub issuer: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether it can be paid.
    pub payable: bool,
    /// Whether it can be taken back.
    pub open: bool,
    /// What waits for an answer.
    pub request: Option<FeeRequestView>,
    /// Why the last request was refused.
    pub refusal: Option<String>,
    /// Money that came.
    pub payments: Vec<PaymentView>,
}

/// A request that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeeRequestView {
    /// What.
    pub what: RequestKind,
    /// Who asks.
    pub asker: Asker,
    /// Why.
    pub reason: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What is left to be paid, or is given back.
    pub sum: Option<i64>,
    /// Why, in the words of who proposes it.
    pub opinion: String,
    /// Who proposes it; a second person answers.
    pub proposer: Option<String>,
    /// Proof: `GET /cases/{id}/fees/files/{file_id}`.
    pub files: Vec<FileView>,
}

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentView {
    /// The platform's number.
    pub transaction: String,
    /// Fen.
    pub amount: i64,
    /// Given back of it, or on its way.
    pub refunded: i64,
    /// Number of the electronic receipt.
    pub receipt: String,
    /// When.
    pub paid_at: DateTime<Utc>,
}

/// What a notice charges.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct IssueFee {
    /// Fees of the item.
    #[serde(default)]
    pub lines: Vec<ChargedFee>,
}

/// A fee of the item that is charged.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ChargedFee {
    /// Its place on the item.
    pub fee: usize,
    /// Fen for one, where a clerk fixes it.
    #[serde(default)]
    pub unit_amount: Option<i64>,
    /// How many.
    pub quantity: i64,
}

/// What is proposed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProposeFee {
    /// Version of the order.
    pub version: i64,
    /// What.
    pub what: RequestKind,
    /// Fen left to be paid, or to be given back.
    #[serde(default)]
    pub sum: i64,
    /// Why.
    pub reason: String,
}

/// What is answered.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AnswerFee {
    /// Version of the order.
    pub version: i64,
}

/// What is refused.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RefuseFee {
    /// Version of the order.
    pub version: i64,
    /// Why; the applicant is told.
    pub reason: String,
}

/// What is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TakeBackFee {
    /// Version of the order.
    pub version: i64,
    /// Why; the applicant is told.
    pub reason: String,
}

/// The fees of a case; where anything was asked or answered, that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/fees", params(("id" = CaseId, Path)), responses((status = 200, body = CaseFees)))]
async fn list_fees(
    State(app): State<App>,
    ctx: Ctx<FeeRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(fee::of_case(&app, &ctx, id.0).await?))
}

/// Issues a notice of payment for what a clerk has fixed.
#[utoipa::path(post, path = "/cases/{id}/fees", params(("id" = CaseId, Path)), request_body = IssueFee, responses((status = 200, body = CaseFees)))]
async fn issue_fee(
    State(app): State<App>,
    ctx: Ctx<FeeHandle>,
    Path(id): Path<CaseId>,
    Json(body): Json<IssueFee>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(desk::issue(&app, &ctx, id.0, body).await?))
}

/// Proposes a reduction, an exemption or a refund, on what was asked or of one's own accord.
#[utoipa::path(post, path = "/cases/{id}/fees/{order}/propose", params(("id" = CaseId, Path), ("order" = Uuid, Path)), request_body = ProposeFee, responses((status = 200, body = CaseFees)))]
async fn propose_fee(
    State(app): State<App>,
    ctx: Ctx<FeeHandle>,
    Path((id, order)): Path<(CaseId, Uuid)>,
    Json(body): Json<ProposeFee>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(desk::propose(&app, &ctx, (id.0, order), body).await?))
}

/// Grants what another person proposed.
#[utoipa::path(post, path = "/cases/{id}/fees/{order}/approve", params(("id" = CaseId, Path), ("order" = Uuid, Path)), request_body = AnswerFee, responses((status = 200, body = CaseFees)))]
async fn approve_fee(
    State(app): State<App>,
    ctx: Ctx<FeeApprove>,
    Path((id, order)): Path<(CaseId, Uuid)>,
    Json(body): Json<AnswerFee>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(desk::approve(&app, &ctx, (id.0, order), body).await?))
}

/// Refuses what was asked; what was proposed is a head's to refuse.
#[utoipa::path(post, path = "/cases/{id}/fees/{order}/refuse", params(("id" = CaseId, Path), ("order" = Uuid, Path)), request_body = RefuseFee, responses((status = 200, body = CaseFees)))]
async fn refuse_fee(
    State(app): State<App>,
    ctx: Ctx<FeeHandle>,
    Path((id, order)): Path<(CaseId, Uuid)>,
    Json(body): Json<RefuseFee>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(desk::refuse(&app, &ctx, (id.0, order), body).await?))
}

/// Takes a notice back that nobody has paid.
#[utoipa::path(post, path = "/cases/{id}/fees/{order}/take-back", params(("id" = CaseId, Path), ("order" = Uuid, Path)), request_body = TakeBackFee, responses((status = 200, body = CaseFees)))]
async fn take_back_fee(
    State(app): State<App>,
    ctx: Ctx<FeeHandle>,
    Path((id, order)): Path<(CaseId, Uuid)>,
    Json(body): Json<TakeBackFee>,
) -> tb_http::Result<Json<CaseFees>> {
    Ok(Json(
        desk::take_back(&app, &ctx, (id.0, order), body).await?,
    ))
}

/// A file that came with a request; that it was read is recorded.
#[utoipa::path(get, path = "/cases/{id}/fees/files/{file_id}", params(("id" = CaseId, Path), ("file_id" = Uuid, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn fee_file(
    State(app): State<App>,
    ctx: Ctx<CaseUnmask>,
    Path((id, file_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<FileAnswer> {
    Ok(fee::file(&app, &ctx, id.0, file_id).await?)
}

/// Takes in what the payment platform tells of a payment: signed, and the same one as often as it comes.
#[utoipa::path(post, path = "/payments/notifications", request_body = SignedMessage, responses((status = 200)))]
async fn notify_payment(
    State(app): State<App>,
    _ctx: Ctx<PaymentNotify>,
    Json(message): Json<SignedMessage>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(money::hear(&app, &message).await?))
}
