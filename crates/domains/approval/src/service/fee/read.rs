//! The fees of a case for the desk.

use std::collections::HashSet;

use tb_contract::access::{CaseUnmask, FeeRead, Permission};
use tb_contract::events::LetterFile;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Actor, Fault};
use tb_storage::{AuditEntry, Conn, Tx};
use uuid::Uuid;

use super::super::file::{Leaving, open};
use super::super::read::may;
use super::super::setting::{Setting, setting};
use super::desk::check_charges;
use crate::api::fee::{
    CaseFees, FeeOrderView, FeeRequestView, FeeSaidView, ItemFeeView, PaymentView,
};
use crate::api::view::FileView;
use crate::app::App;
use crate::entity::{case, fee_order};
use crate::error::Error;
use crate::model::event::EventKind;
use crate::model::fee::{Fees, Request, charges};
use crate::sealed::{self, FEE_REFUSAL};
use crate::store;
use crate::store::event::CaseEvent;
use crate::view::shown_name;

/// The fees of a case within reach. What was asked and answered names people and their need: that it was
/// read is recorded first.
pub(crate) async fn of_case(app: &App, ctx: &Ctx<FeeRead>, id: Uuid) -> Result<CaseFees, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let setting = setting(app, &conn, &row).await?;
    let fees = view(app, &conn, (&row, &setting), ctx.actor()).await?;
    if fees.is_personal() {
        ctx.record_read("case", id).await?;
    }
    Ok(fees)
}

/// The same as the answer to a command, which is recorded as a read as well.
pub(super) async fn answer(
    app: &App,
    tx: &mut Tx,
    seen: (&case::Model, &Setting),
    permission: &'static str,
) -> Result<CaseFees, Fault> {
    let fees = view(app, tx.conn(), seen, tx.actor()).await?;
    if fees.is_personal() {
        tx.audit(AuditEntry {
            action: permission,
            object_kind: "case",
            object_id: seen.0.id.to_string(),
            result: "read",
            reason: None,
        });
    }
    Ok(fees)
}

/// A file that came with a request; that it was read is recorded first.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: Uuid,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    // Of what was answered as well: the proof of a reduction outlives the request.
    let history = store::event::of_case(&conn, app.store().sealer(), id).await?;
    let file = brought(history)
        .find(|file| file.id == file_id)
        .ok_or(Error::MaterialNotFound)?;
    let leaving = Leaving {
        what: ("fee_file", file_id),
        blob: file.blob(),
        name: file.file_name,
        media_type: file.media_type,
    };
    open(app, ctx, leaving).await
}

async fn view(
    app: &App,
    conn: &Conn,
    (row, setting): (&case::Model, &Setting),
    reader: &Actor,
) -> Result<CaseFees, Fault> {
    let sealer = app.store().sealer();
    let clear = may(reader, CaseUnmask::KEY, CaseUnmask::DOOR, row)?;
    let mut orders = Vec::new();
    let rows = store::fee::of_case(conn, row.id).await?;
    // As they are now: an answer is read behind the command.
    let standing = sealed::fee_orders(sealer, &rows)?;
    for one in rows {
        orders.push(order(app, conn, one, clear).await?);
    }
    let waiting = |file: &LetterFile| {
        let mut asked = orders.iter().filter_map(|order| order.request.as_ref());
        asked.any(|request| request.files.iter().any(|one| one.id == file.id))
    };
    let history = store::event::of_case(conn, sealer, row.id).await?;
    let said = said(&history, &orders);
    let proof = brought(history).filter(|one| !waiting(one));
    let answers = sealed::dossier(sealer, row)?.form;
    let charged = charges(&setting.item, &answers);
    let stands = Fees::of(&setting.item, &answers, &standing);
    let fees = setting.item.fees.iter().enumerate().map(|(fee, one)| {
        let charge = charged.iter().find(|charge| charge.at == fee);
        ItemFeeView {
            fee,
            name: one.name.clone(),
            basis: one.basis.clone(),
            standard: one.standard.clone(),
            reduction: one.reduction.clone(),
            unit_amount: (!one.assessed).then_some(one.amount),
            quantity: charge.and_then(|charge| charge.quantity).unwrap_or(1),
            charged: charge.is_some(),
        }
    });
    Ok(CaseFees {
        platform: app.payments().map(|platform| platform.name.clone()),
        chargeable: !setting.item.fees.is_empty()
            && check_charges(app, (row, setting), &stands).is_ok(),
        fees: fees.collect(),
        proof: proof.map(|file| file_view(file, clear)).collect(),
        said,
        orders,
    })
}

/// The files that came with what was asked about the fees; those of other events are none of theirs.
fn brought(history: Vec<CaseEvent>) -> impl Iterator<Item = LetterFile> {
    let of_fees = |event: &CaseEvent| event.kind.is_of_fee_request();
    let asked = history.into_iter().filter(of_fees);
    asked.flat_map(|event| event.detail.proof)
}

/// What was asked, proposed and refused, as far as it is answered; what waits stands with its order.
fn said(history: &[CaseEvent], orders: &[FeeOrderView]) -> Vec<FeeSaidView> {
    let asked = orders.iter().filter(|order| order.request.is_some());
    let mut waiting: HashSet<Uuid> = asked.map(|order| order.id).collect();
    let mut said = Vec::new();
    for event in history.iter().rev() {
        let order = event.detail.fee_order.unwrap_or_default();
        if matches!(
            event.kind,
            EventKind::FeeReduced
                | EventKind::FeeExempted
                | EventKind::FeeRequestRefused
                | EventKind::FeeRefundApproved
        ) {
            waiting.remove(&order);
        }
        if event.kind.is_of_fee_request() && !waiting.contains(&order) {
            said.push(FeeSaidView {
                kind: event.kind,
                at: event.at,
                by: event.actor_name.clone(),
                words: event.detail.reason.clone(),
            });
        }
    }
    said.reverse();
    said
}

async fn order(
    app: &App,
    conn: &Conn,
    row: fee_order::Model,
    clear: bool,
) -> Result<FeeOrderView, Fault> {
    let sealer = app.store().sealer();
    let order = sealed::fee_order(sealer, &row)?;
    let payments = store::fee::payments(conn, row.id).await?;
    let refusal = row
        .refusal
        .as_ref()
        .map(|words| sealer.open_text(FEE_REFUSAL, row.id, words))
        .transpose()?;
    Ok(FeeOrderView {
        id: row.id,
        version: row.version,
        state: order.state,
        lines: order.lines.clone(),
        amount: row.amount,
        due: row.due,
        paid: row.paid,
        refunded: row.refunded,
        refunding: row.refunding,
        kept: order.kept(),
        code: row.code,
        pay_by: row.pay_by,
        paid_at: row.paid_at,
        receipt: row.receipt,
        issuer: row.issuer,
        created_at: row.created_at,
        payable: order.is_payable(),
        open: order.is_open(),
        request: order.request.map(|one| request(one, clear)),
        refusal,
        payments: payments
            .into_iter()
            .map(|one| PaymentView {
                transaction: one.transaction_number,
                amount: one.amount,
                refunded: one.refunded,
                receipt: one.receipt,
                paid_at: one.paid_at,
            })
            .collect(),
    })
}

fn request(request: Request, clear: bool) -> FeeRequestView {
    FeeRequestView {
        what: request.kind,
        asker: request.asker,
        reason: request.reason,
        asked_at: request.asked_at,
        sum: request.sum,
        opinion: request.opinion,
        proposer: request.proposer.map(|one| one.name),
        files: request
            .files
            .into_iter()
            .map(|file| file_view(file, clear))
            .collect(),
    }
}

/// Whoever may not look into the case does not read the name either.
fn file_view(file: LetterFile, clear: bool) -> FileView {
    FileView {
        id: file.id,
        file_name: shown_name(&file.file_name, clear),
        media_type: file.media_type,
        size: file.size,
    }
}
