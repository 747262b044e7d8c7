//! The fees of a case for the desk.

use tb_contract::access::{CaseUnmask, FeeRead};
use tb_contract::events::LetterFile;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::Fault;
use tb_storage::Conn;
use uuid::Uuid;

use super::super::file::{Leaving, open};
use super::super::setting::{Setting, setting};
use super::{check_chargeable, read_lines};
use crate::api::fee::{CaseFees, FeeOrderView, FeeRequestView, ItemFeeView, PaymentView};
use crate::api::view::FileView;
use crate::app::App;
use crate::entity::{case, fee_order};
use crate::error::Error;
use crate::model::fee::{Request, lines};
use crate::sealed::{self, FEE_REFUSAL};
use crate::store;

/// The fees of a case within reach. Requests name people and their need: that they were read is
/// recorded first.
pub(crate) async fn of_case(app: &App, ctx: &Ctx<FeeRead>, id: Uuid) -> Result<CaseFees, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let setting = setting(app, &conn, &row).await?;
    let fees = view(app, &conn, &row, &setting).await?;
    if fees.orders.iter().any(|order| order.request.is_some()) {
        ctx.record_read("case", id).await?;
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
    let mut files = history.into_iter().flat_map(|event| event.detail.proof);
    let file = files
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

/// The answer.
pub(super) async fn view(
    app: &App,
    conn: &Conn,
    row: &case::Model,
    setting: &Setting,
) -> Result<CaseFees, Fault> {
    let sealer = app.store().sealer();
    let mut orders = Vec::new();
    let rows = store::fee::of_case(conn, row.id).await?;
    let last = rows
        .first()
        .map(|row| sealed::fee_order(sealer, row))
        .transpose()?;
    for one in rows {
        orders.push(order(app, conn, one).await?);
    }
    let waiting = |file: &LetterFile| {
        let mut asked = orders.iter().filter_map(|order| order.request.as_ref());
        asked.any(|request| request.files.iter().any(|one| one.id == file.id))
    };
    let history = store::event::of_case(conn, sealer, row.id).await?;
    let brought = history.into_iter().flat_map(|event| event.detail.proof);
    let proof = brought.filter(|one| !waiting(one)).map(file_view).collect();
    let answers = sealed::dossier(sealer, row)?.form;
    let suggested = lines(&setting.item, &answers);
    let fees = setting.item.fees.iter().enumerate().map(|(fee, one)| {
        let line = suggested
            .iter()
            .flatten()
            .find(|line| line.name == one.name && line.basis == one.basis);
        ItemFeeView {
            fee,
            name: one.name.clone(),
            basis: one.basis.clone(),
            standard: one.standard.clone(),
            reduction: one.reduction.clone(),
            unit_amount: (!one.assessed).then_some(one.amount),
            quantity: line.map_or(1, |line| line.quantity),
            charged: line.is_some() || (one.assessed && suggested.is_none()),
        }
    });
    Ok(CaseFees {
        platform: app.payments().map(|platform| platform.name.clone()),
        chargeable: !setting.item.fees.is_empty()
            && check_chargeable(app, row, last.as_ref()).is_ok(),
        fees: fees.collect(),
        orders,
        proof,
    })
}

async fn order(app: &App, conn: &Conn, row: fee_order::Model) -> Result<FeeOrderView, Fault> {
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
        lines: read_lines(&row)?,
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
        request: order.request.map(request),
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

fn request(request: Request) -> FeeRequestView {
    FeeRequestView {
        what: request.kind,
        asker: request.asker,
        reason: request.reason,
        asked_at: request.asked_at,
        sum: request.sum,
        opinion: request.opinion,
        proposer: request.proposer.map(|one| one.name),
        files: request.files.into_iter().map(file_view).collect(),
    }
}

fn file_view(file: LetterFile) -> FileView {
    FileView {
        id: file.id,
        file_name: file.file_name,
        media_type: file.media_type,
        size: file.size,
    }
}
