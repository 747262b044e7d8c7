//! Fees of a case: orders made at the item's gate or by a clerk, what is asked about them, the money,
//! and the platform at which it is paid. Every step is an event of the case, in one transaction.

mod ask;
pub(crate) mod desk;
mod gate;
pub(crate) mod money;
mod read;
pub(crate) mod task;
mod told;

use chrono::{DateTime, Duration, Utc};
use tb_kernel::{Actor, Fault};
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use super::change::unmoved;
use super::record::{Open, Writing, record};
use super::setting::Setting;
use crate::entity::{case, fee_order};
use crate::model::apply::{Outcome, Surroundings};
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::model::fee::{FeeCommand, FeeOrder, FeeStage, Fees, apply_fee};
use crate::model::fee_paper::Charge;
use crate::model::state::PaperKind;
use crate::model::words::Word;
use crate::sealed::{self, FEE_REFUSAL, FEE_REQUEST};
use crate::store;
use crate::store::event::Doer;

pub(crate) use ask::requested;
pub(crate) use gate::follow;
pub(crate) use read::{file, of_case};
pub(crate) use told::told;

/// How often the platform is asked about an order that is not paid.
const RECONCILE: Duration = Duration::minutes(10);

/// One step of an order.
pub(crate) struct Step<'a> {
    /// What is done.
    pub command: &'a FeeCommand,
    /// By whom, and when.
    pub around: Surroundings<'a>,
    /// What the history says besides.
    pub detail: EventDetail,
    /// Who.
    pub doer: Doer,
}

/// Does a step: the order, the event of the case, the mark in lists, what the world is told.
pub(crate) async fn step(
    tx: &mut Tx,
    open: &mut Open<'_>,
    mut row: fee_order::Model,
    step: Step<'_>,
) -> Result<fee_order::Model, Fault> {
    let order = sealed::fee_order(tx.sealer(), &row)?;
    let (next, kind) = apply_fee(&order, step.command, step.around)?;
    write(tx, &mut row, &next)?;
    if let FeeCommand::Bill(billed) = step.command {
        row.code = Some(billed.code.clone());
        row.pay_url = Some(billed.pay_url.clone());
        row.pay_by = Some(billed.pay_by);
        row.billed = next.owed();
    }
    row.task_at = next_task(&next, kind, tx.now(), row.task_at);
    match kind {
        EventKind::FeeRequestRefused => {
            let words = &step.detail.reason;
            row.refusal = Some(tx.sealer().seal_text(FEE_REFUSAL, row.id, words)?);
        }
        EventKind::FeeReductionAsked | EventKind::FeeRefundAsked => row.refusal = None,
        _ => {}
    }
    store::fee::update(tx.conn(), row.clone()).await?;
    let marked = stage(tx, &open.row, open.setting).await?;
    open.row.fee_stage = Some(marked.to_string());
    let state = open.row.current_state()?;
    let event = Happened {
        kind,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail {
            fee: step.detail.fee.or_else(|| told_sum(&order, &next, kind)),
            fee_order: Some(row.id),
            ..step.detail
        },
    };
    let is_notice = matches!(kind, EventKind::FeeNoticed | EventKind::FeeBilled);
    let outcome = Outcome {
        events: vec![event],
        paper: is_notice.then_some(PaperKind::PaymentNotice),
        ..unmoved(open, state, says(kind))
    };
    Box::pin(record(tx, open, outcome, &step.doer, Writing::Beside)).await?;
    Ok(row)
}

/// The sum that an event is about, where nobody said another.
fn told_sum(before: &FeeOrder, after: &FeeOrder, kind: EventKind) -> Option<i64> {
    match kind {
        EventKind::FeeNoticed
        | EventKind::FeeBilled
        | EventKind::FeeReduced
        | EventKind::FeeReminded
        | EventKind::FeeLapsed => Some(after.owed()),
        EventKind::FeePaid => Some(after.paid - before.paid),
        EventKind::FeeRefundApproved => Some(after.refunding - before.refunding),
        EventKind::FeeRefunded => Some(after.refunded - before.refunded),
        EventKind::FeeProposed => after.request.as_ref().and_then(|request| request.sum),
        _ => None,
    }
}

/// Writes an order into its row.
fn write(tx: &Tx, row: &mut fee_order::Model, order: &FeeOrder) -> Result<(), Fault> {
    row.state = order.state.to_string();
    row.lines = serde_json::to_string(&order.lines).map_err(Fault::internal)?;
    row.due = order.due;
    row.paid = order.paid;
    row.refunded = order.refunded;
    row.refunding = order.refunding;
    row.revision = order.revision;
    row.pay_until = order.until;
    row.reminded_at = order.reminded_at;
    row.alarm_at = order.alarm().map(|(at, _)| at);
    row.version += 1;
    if !order.billed {
        row.billed = 0;
        row.code = None;
        row.pay_url = None;
    }
    row.request = order
        .request
        .as_ref()
        .map(|request| tx.sealer().seal_json(FEE_REQUEST, row.id, request))
        .transpose()?;
    Ok(())
}

/// When the platform is to be spoken to: at once where there is something to say, now and then while
/// money is waited for.
fn next_task(
    order: &FeeOrder,
    kind: EventKind,
    now: DateTime<Utc>,
    before: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    match kind {
        EventKind::FeeReduced
        | EventKind::FeeExempted
        | EventKind::FeeLapsed
        | EventKind::FeeCancelled
        | EventKind::FeePaid
        | EventKind::FeeRefundApproved => Some(now),
        EventKind::FeeRequestRefused if !order.billed => Some(now),
        EventKind::FeeNoticed | EventKind::FeeBilled => Some(now + RECONCILE),
        EventKind::FeeRefunded | EventKind::FeeRefundFailed => {
            before.filter(|_| order.refunding > 0)
        }
        _ => before,
    }
}

/// What a case's fees wait for. What a clerk has to fix stays so until he makes another order, gives money
/// back, or the form is corrected.
async fn stage(tx: &Tx, case: &case::Model, setting: &Setting) -> Result<FeeStage, Fault> {
    let now = stage_now(tx, case, setting).await?;
    let was = case.fee_stage.as_deref().and_then(FeeStage::parse);
    let assess = was == Some(FeeStage::Assess) && now == FeeStage::Settled && case.running;
    Ok(if assess { FeeStage::Assess } else { now })
}

/// The same, whatever it was before.
async fn stage_now(tx: &Tx, case: &case::Model, setting: &Setting) -> Result<FeeStage, Fault> {
    let rows = store::fee::of_case(tx.conn(), case.id).await?;
    let orders = sealed::fee_orders(tx.sealer(), &rows)?;
    let answers = sealed::dossier(tx.sealer(), case)?.form;
    Ok(Fees::of(&setting.item, &answers, &orders).stage())
}

/// Notes what the fees of a case wait for.
async fn mark(tx: &Tx, case: &mut case::Model, stage: FeeStage) -> Result<(), StorageError> {
    case.fee_stage = Some(stage.to_string());
    store::fee::mark_case(tx.conn(), case.id, stage.as_str()).await
}

/// A step of the platform's own.
pub(crate) fn by_platform<'a>(tx: &Tx, command: &'a FeeCommand, words: &str) -> Step<'a> {
    Step {
        command,
        around: Surroundings::platform(tx.now()),
        detail: EventDetail {
            reason: words.to_owned(),
            ..EventDetail::default()
        },
        doer: itself(),
    }
}

/// The platform as who does something.
fn itself() -> Doer {
    Doer {
        id: Uuid::nil(),
        name: Actor::system().name,
    }
}

/// What stands on the notice of payment.
pub(crate) async fn charge(tx: &Tx, open: &Open<'_>) -> Result<Option<Charge>, Fault> {
    let row = store::fee::last_of_case(tx.conn(), open.row.id).await?;
    let platform = open.app.payments();
    let Some(((row, code), (pay_by, platform))) = row
        .and_then(|row| row.code.clone().map(|code| (row, code)))
        .and_then(|(row, code)| row.pay_by.zip(platform).map(|by| ((row, code), by)))
    else {
        return Ok(None);
    };
    let fees = &open.setting.item.fees;
    Ok(Some(Charge {
        lines: sealed::fee_order(tx.sealer(), &row)?.lines,
        sum: row.billed,
        code,
        platform: platform.name.clone(),
        pay_by,
        reduction: fees
            .iter()
            .map(|fee| fee.reduction.clone())
            .filter(|words| !words.is_empty())
            .collect(),
    }))
}

/// The number by which the platform knows a revision of an order.
pub(crate) fn number(id: Uuid, revision: i32) -> String {
    format!("{}-{revision}", id.simple())
}

/// The order and the revision that a number means.
pub(crate) fn numbered(number: &str) -> Option<(Uuid, i32)> {
    let (id, revision) = number.split_once('-')?;
    Some((Uuid::try_parse(id).ok()?, revision.parse().ok()?))
}

fn is_of_fee(kind: EventKind) -> bool {
    kind.as_str().starts_with("fee_")
}

fn says(kind: EventKind) -> &'static str {
    match kind {
        EventKind::FeeNoticed => "approval.case.fee_noticed",
        EventKind::FeeBilled => "approval.case.fee_billed",
        EventKind::FeePaid => "approval.case.fee_paid",
        EventKind::FeeReductionAsked => "approval.case.fee_reduction_asked",
        EventKind::FeeRefundAsked => "approval.case.fee_refund_asked",
        EventKind::FeeReduced => "approval.case.fee_reduced",
        EventKind::FeeExempted => "approval.case.fee_exempted",
        EventKind::FeeRequestRefused => "approval.case.fee_request_refused",
        EventKind::FeeReminded => "approval.case.fee_reminded",
        EventKind::FeeLapsed => "approval.case.fee_lapsed",
        EventKind::FeeCancelled => "approval.case.fee_cancelled",
        EventKind::FeeRefundApproved => "approval.case.fee_refund_approved",
        EventKind::FeeRefunded => "approval.case.fee_refunded",
        EventKind::FeeRefundFailed => "approval.case.fee_refund_failed",
        _ => "approval.case.fee_proposed",
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{number, numbered};

    #[test]
    fn a_number_names_order_and_revision() {
        let id = Uuid::from_u128(7);
        assert_eq!(numbered(&number(id, 2)), Some((id, 2)));
        for wrong in ["", "-", "x-1", "00000000000000000000000000000007", "7-x"] {
            assert_eq!(numbered(wrong), None, "{wrong}");
        }
    }
}
