//! What follows for its fee from a change of the case: at the item's gate a notice is made, after a
//! correction the order is compared with what the form says now, and the end takes back what nobody has
//! paid.

use tb_contract::events::FeeLine;
use tb_kernel::Fault;
use tb_storage::Tx;

use super::super::record::Open;
use super::super::setting::Setting;
use super::{by_platform, is_of_fee, mark, stage_now, step};
use crate::entity::{case, fee_order};
use crate::error::Error;
use crate::model::clocks::plan;
use crate::model::event::EventKind;
use crate::model::fee::{
    FeeCommand, FeeOrder, FeeStage, Fees, Standing, check_due, is_wanted, total,
};
use crate::model::words::Word;
use crate::{sealed, store};

/// Why the platform takes a notice back itself.
const CASE_ENDED: &str = "办件已经终结，缴款通知作废。";
/// Or because of what was corrected.
const CHARGED_OTHERWISE: &str = "申请表补正后应缴费用有变化，原缴款通知作废。";
/// Why it asks for money to go back.
const CHARGED_LESS: &str = "申请表补正后应缴费用减少，多缴部分应当退还。";

/// Where a case stands before the gate of its item.
pub(super) fn standing(case: &case::Model, setting: &Setting) -> Result<Standing, Fault> {
    Ok(Standing {
        gate: is_wanted(&setting.item),
        state: case.current_state()?,
        steps: plan(&setting.item).len(),
        step: usize::try_from(case.step_index).unwrap_or_default(),
        withdrawal_pending: case.withdrawal_pending,
    })
}

/// What follows from a change of the case. Its end takes notices back wherever it ends, also where
/// nothing is charged any more.
pub(crate) async fn follow(tx: &mut Tx, open: &mut Open<'_>, kind: EventKind) -> Result<(), Fault> {
    if is_of_fee(kind) {
        return Ok(());
    }
    let standing = standing(&open.row, open.setting)?;
    if !standing.state.is_running() {
        return end(tx, open).await;
    }
    let is_gate = standing.gate.is_some() && check_due(standing).is_ok();
    if !open.setting.charges || !is_gate {
        return Ok(());
    }
    let corrected = matches!(kind, EventKind::Corrected | EventKind::Resubmitted);
    if open.row.fee_stage.is_none() || corrected {
        charge(tx, open).await?;
    }
    Ok(())
}

/// Charges what the form says beside the orders that there are. One that nobody has paid is taken back
/// where it is over something else; of what was paid too much goes back.
async fn charge(tx: &mut Tx, open: &mut Open<'_>) -> Result<(), Fault> {
    let answers = sealed::dossier(tx.sealer(), &open.row)?.form;
    let mut rows = store::fee::of_case(tx.conn(), open.row.id).await?;
    let mut orders = sealed::fee_orders(tx.sealer(), &rows)?;
    let item = &open.setting.item;
    let mut fees = Fees::of(item, &answers, &orders);
    if open.row.fee_stage.is_none() && fees.rest.is_nothing() {
        return Ok(());
    }
    if !fees.rest.is_nothing()
        && let Some(first) = rows.first_mut()
        && orders.first().is_some_and(FeeOrder::is_open)
    {
        let cancel = by_platform(tx, &FeeCommand::Cancel, CHARGED_OTHERWISE);
        *first = step(tx, open, first.clone(), cancel).await?;
        orders = sealed::fee_orders(tx.sealer(), &rows)?;
        fees = Fees::of(item, &answers, &orders);
    }
    for (place, less) in fees.amendments() {
        if let Some(row) = rows.get(place) {
            amend(tx, open, row.clone(), less).await?;
        }
    }
    let more = fees.rest.more;
    // What is more than an order can be over is a clerk's to fix as well.
    let assess = fees.rest.assess || (!more.is_empty() && total(&more).is_none());
    if assess {
        return Ok(mark(tx, &mut open.row, FeeStage::Assess).await?);
    }
    if !more.is_empty() {
        let issuer = tx.actor().name.clone();
        make(tx, &open.row, &more, issuer).await?;
    }
    let stage = stage_now(tx, &open.row, open.setting).await?;
    Ok(mark(tx, &mut open.row, stage).await?)
}

/// So much less is charged for what was paid.
async fn amend(
    tx: &mut Tx,
    open: &mut Open<'_>,
    row: fee_order::Model,
    less: Vec<FeeLine>,
) -> Result<(), Fault> {
    let command = FeeCommand::Amend {
        less,
        reason: CHARGED_LESS.to_owned(),
    };
    let amending = by_platform(tx, &command, CHARGED_LESS);
    step(tx, open, row, amending).await?;
    Ok(())
}

/// Makes an order; the notice goes out as soon as the platform has made its code.
pub(super) async fn make(
    tx: &mut Tx,
    case: &case::Model,
    lines: &[FeeLine],
    issuer: String,
) -> Result<(), Fault> {
    let amount = total(lines).ok_or(Error::FeeLinesWrong)?;
    let order = FeeOrder::new(amount);
    let row = fee_order::Model {
        id: tx.new_id(),
        case_id: case.id,
        case_number: case.number.clone(),
        department_id: case.department_id,
        department_code: case.department_code.clone(),
        state: order.state.to_string(),
        lines: serde_json::to_string(lines).map_err(Fault::internal)?,
        amount,
        due: amount,
        paid: 0,
        refunded: 0,
        refunding: 0,
        revision: order.revision,
        billed: 0,
        code: None,
        pay_url: None,
        pay_by: None,
        pay_until: None,
        reminded_at: None,
        paid_at: None,
        receipt: None,
        request: None,
        refusal: None,
        alarm_at: None,
        task_at: Some(tx.now()),
        issuer,
        created_at: tx.now(),
        version: 1,
    };
    tx.done("approval.fee.made", "fee_order", row.id);
    Ok(store::fee::insert(tx.conn(), row).await?)
}

/// The case is over: what was not paid is not to be paid any more.
async fn end(tx: &mut Tx, open: &mut Open<'_>) -> Result<(), Fault> {
    let stage = open.row.fee_stage.as_deref().and_then(FeeStage::parse);
    let Some(stage) = stage else {
        return Ok(());
    };
    for row in store::fee::of_case(tx.conn(), open.row.id).await? {
        if sealed::fee_order(tx.sealer(), &row)?.is_open() {
            let cancel = by_platform(tx, &FeeCommand::Cancel, CASE_ENDED);
            step(tx, open, row, cancel).await?;
        }
    }
    if stage == FeeStage::Assess {
        // Nobody fixes it any more.
        let stage = super::stage(tx, &open.row, open.setting).await?;
        mark(tx, &mut open.row, stage).await?;
    }
    Ok(())
}
