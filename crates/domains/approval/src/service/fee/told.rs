//! How the fees of a case stand, as the applicant is told.

use tb_contract::events::{EarlierFee, FeeTold};
use tb_kernel::Fault;
use tb_storage::Tx;

use super::read_lines;
use crate::entity::{case, fee_order};
use crate::model::fee::{Asker, is_refundable};
use crate::model::state::State;
use crate::sealed::{self, FEE_REFUSAL};
use crate::store;

/// The last order, and what came by earlier ones. One that has no code yet he need not know.
pub(crate) async fn told(tx: &Tx, case: &case::Model) -> Result<Option<FeeTold>, Fault> {
    if case.fee_stage.is_none() {
        return Ok(None);
    }
    let rows = store::fee::of_case(tx.conn(), case.id).await?;
    // Of the others nobody was told.
    let Some(row) = rows.first().filter(|row| row.pay_by.is_some()) else {
        return Ok(None);
    };
    let order = sealed::fee_order(tx.sealer(), row)?;
    let refusal = row.refusal.as_ref();
    let refusal = refusal.map(|words| tx.sealer().open_text(FEE_REFUSAL, row.id, words));
    let request = order.request.as_ref();
    // What the office thinks of itself is told when a second person has agreed.
    let request = request.filter(|request| request.asker != Asker::Office);
    let mut refundable = false;
    for row in &rows {
        let order = sealed::fee_order(tx.sealer(), row)?;
        refundable |= is_refundable(&order, ended_in_vain(case));
    }
    Ok(Some(FeeTold {
        state: row.state.clone(),
        lines: read_lines(row)?,
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
        refundable,
        earlier: rows.iter().skip(1).filter_map(earlier).collect(),
    }))
}

/// Money that came by an order which is not the last one.
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
