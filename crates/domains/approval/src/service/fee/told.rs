//! How the fees of a case stand, as the applicant is told.

use tb_contract::events::{EarlierFee, FeeTold};
use tb_kernel::Fault;
use tb_storage::Tx;

use super::super::record::Open;
use crate::entity::{case, fee_order};
use crate::model::fee::{Asker, Fees, is_refundable};
use crate::model::state::State;
use crate::sealed::{self, FEE_REFUSAL};
use crate::store;

/// The order that counts, and what came by the others. One that has no code yet he need not know.
pub(crate) async fn told(tx: &Tx, open: &Open<'_>) -> Result<Option<FeeTold>, Fault> {
    let case: &case::Model = &open.row;
    if case.fee_stage.is_none() {
        return Ok(None);
    }
    let rows = store::fee::of_case(tx.conn(), case.id).await?;
    let orders = sealed::fee_orders(tx.sealer(), &rows)?;
    let answers = sealed::dossier(tx.sealer(), case)?.form;
    let counts = Fees::of(&open.setting.item, &answers, &orders).told();
    let Some((row, order)) = rows.get(counts).zip(orders.get(counts)) else {
        return Ok(None);
    };
    // Of the others nobody was told.
    if row.pay_by.is_none() {
        return Ok(None);
    }
    let refusal = row.refusal.as_ref();
    let refusal = refusal.map(|words| tx.sealer().open_text(FEE_REFUSAL, row.id, words));
    let request = order.request.as_ref();
    // What the office thinks of itself is told when a second person has agreed.
    let request = request.filter(|request| request.asker != Asker::Office);
    let in_vain = ended_in_vain(case);
    Ok(Some(FeeTold {
        state: row.state.clone(),
        lines: order.lines.clone(),
        amount: row.amount,
        due: row.due,
        paid: row.paid,
        refunded: row.refunded,
        pay_by: row.pay_by,
        code: row.code.clone(),
        pay_url: row.pay_url.clone(),
        paid_at: row.paid_at,
        receipt: row.receipt.clone(),
        request: request.map(|request| request.kind.to_string()),
        refusal: refusal.transpose()?.unwrap_or_default(),
        refundable: orders.iter().any(|order| is_refundable(order, in_vain)),
        earlier: rows
            .iter()
            .filter(|other| other.id != row.id)
            .filter_map(earlier)
            .collect(),
    }))
}

/// Money that came by another order.
fn earlier(row: &fee_order::Model) -> Option<EarlierFee> {
    Some(EarlierFee {
        paid: row.paid,
        refunded: row.refunded,
        paid_at: row.paid_at?,
        receipt: row.receipt.clone().unwrap_or_default(),
    })
}

/// Whether a case has ended without what its fee is for.
pub(super) fn ended_in_vain(case: &case::Model) -> bool {
    let granted = case.result.as_deref() == Some("granted");
    !case.running && (!granted || case.revoked_at.is_some() || case.state == State::Voided.as_str())
}
