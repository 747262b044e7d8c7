//! Fees of a case: orders made at the item's gate or by a clerk, what is asked about them, the money,
//! and the platform at which it is paid. Every step is an event of the case, in one transaction.

mod ask;
pub(crate) mod desk;
pub(crate) mod money;
mod read;
pub(crate) mod task;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use tb_contract::events::{FeeLine, FeeTold};
use tb_kernel::{Actor, Fault};
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use super::change::unmoved;
use super::record::{Open, Writing, record};
use crate::app::App;
use crate::entity::{case, fee_order};
use crate::model::apply::{Outcome, Surroundings};
use crate::model::clocks::plan;
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::model::fee::{
    Asker, FeeCommand, FeeOrder, FeeStage, RequestKind, apply_fee, is_due_at, is_refundable,
    is_wanted, lines, total,
};
use crate::model::fee_paper::Charge;
use crate::model::state::{PaperKind, State};
use crate::model::words::Word;
use crate::sealed::{self, FEE_REFUSAL, FEE_REQUEST};
use crate::store;
use crate::store::event::Doer;

pub(crate) use ask::requested;
pub(crate) use read::{file, of_case};

/// How often the platform is asked about an order that is not paid.
const RECONCILE: Duration = Duration::minutes(10);

/// Why the platform takes a notice back itself.
const CASE_ENDED: &str = "办件已经终结，缴款通知作废。";

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
        row.billed = row.due;
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
    open.row.fee_stage = Some(stage(tx, row.case_id).await?.to_string());
    let state = open.row.current_state()?;
    let event = Happened {
        kind,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail {
            fee: step.detail.fee.or_else(|| told_sum(&order, &next, kind)),
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
        | EventKind::FeeLapsed => Some(after.due),
        EventKind::FeePaid => Some(after.paid - before.paid),
        EventKind::FeeRefundApproved => Some(after.refunding - before.refunding),
        EventKind::FeeRefunded => Some(after.refunded - before.refunded),
        EventKind::FeeProposed => after.request.as_ref().and_then(|request| request.sum),
        _ => None,
    }
}

/// Writes an order into its row.
fn write(tx: &Tx, row: &mut fee_order::Model, order: &FeeOrder) -> Result<(), StorageError> {
    row.state = order.state.to_string();
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
        | EventKind::FeeRefundApproved => Some(now),
        EventKind::FeeRequestRefused if !order.billed => Some(now),
        EventKind::FeeNoticed | EventKind::FeeBilled => Some(now + RECONCILE),
        EventKind::FeePaid | EventKind::FeeRefunded | EventKind::FeeRefundFailed => {
            before.filter(|_| order.refunding > 0)
        }
        _ => before,
    }
}

/// What a case's fees wait for: money to be given back comes first, whichever order it is of.
async fn stage(tx: &Tx, case_id: Uuid) -> Result<FeeStage, Fault> {
    let mut last = FeeStage::Over;
    for (place, row) in store::fee::of_case(tx.conn(), case_id)
        .await?
        .iter()
        .enumerate()
    {
        let one = sealed::fee_order(tx.sealer(), row)?.stage();
        if one == FeeStage::Refund {
            return Ok(one);
        }
        if place == 0 {
            last = one;
        }
    }
    Ok(last)
}

/// What follows from a change of the case: at the item's gate a notice is made; with the end of the
/// case one that nobody has paid is taken back.
pub(crate) async fn follow(tx: &mut Tx, open: &mut Open<'_>, kind: EventKind) -> Result<(), Fault> {
    if is_of_fee(kind) || !open.setting.charges {
        return Ok(());
    }
    let state = open.row.current_state()?;
    if !state.is_running() {
        return end(tx, open).await;
    }
    let steps = plan(&open.setting.item).len();
    let at = usize::try_from(open.row.step_index).unwrap_or_default();
    let gate = is_wanted(&open.setting.item).filter(|gate| is_due_at(*gate, state, steps, at));
    if gate.is_none() || open.row.withdrawal_pending || open.row.fee_stage.is_some() {
        return Ok(());
    }
    let answers = sealed::dossier(tx.sealer(), &open.row)?.form;
    make_at_gate(tx, open, &answers).await
}

async fn make_at_gate(tx: &mut Tx, open: &mut Open<'_>, answers: &Value) -> Result<(), Fault> {
    let stage = match lines(&open.setting.item, answers) {
        // The case is charged nothing.
        Some(lines) if lines.is_empty() => return Ok(()),
        Some(lines) if total(&lines).is_some() => {
            let issuer = tx.actor().name.clone();
            make(tx, &open.row, &lines, issuer).await?;
            FeeStage::Unpaid
        }
        _ => FeeStage::Assess,
    };
    open.row.fee_stage = Some(stage.to_string());
    store::fee::mark_case(tx.conn(), open.row.id, stage.as_str()).await?;
    Ok(())
}

/// Makes an order; the notice goes out as soon as the platform has made its code.
pub(crate) async fn make(
    tx: &mut Tx,
    case: &case::Model,
    lines: &[FeeLine],
    issuer: String,
) -> Result<fee_order::Model, Fault> {
    let amount = total(lines).ok_or(crate::error::Error::FeeLinesWrong)?;
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
    store::fee::insert(tx.conn(), row.clone()).await?;
    tx.done("approval.fee.made", "fee_order", row.id);
    Ok(row)
}

/// The case is over: what was not paid is not to be paid any more.
async fn end(tx: &mut Tx, open: &mut Open<'_>) -> Result<(), Fault> {
    let stage = open.row.fee_stage.as_deref().and_then(FeeStage::parse);
    if stage == Some(FeeStage::Assess) {
        open.row.fee_stage = Some(FeeStage::Over.to_string());
        store::fee::mark_case(tx.conn(), open.row.id, FeeStage::Over.as_str()).await?;
        return Ok(());
    }
    if stage.is_none() {
        return Ok(());
    }
    for row in store::fee::of_case(tx.conn(), open.row.id).await? {
        if !sealed::fee_order(tx.sealer(), &row)?.is_open() {
            continue;
        }
        let cancel = FeeCommand::Cancel {
            reason: CASE_ENDED.to_owned(),
        };
        let step = by_platform(tx, &cancel, CASE_ENDED);
        self::step(tx, open, row, step).await?;
    }
    Ok(())
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
        doer: Doer {
            id: Uuid::nil(),
            name: Actor::system().name,
        },
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
        lines: read_lines(&row)?,
        sum: row.due,
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

fn read_lines(row: &fee_order::Model) -> Result<Vec<FeeLine>, Fault> {
    serde_json::from_str(&row.lines).map_err(Fault::internal)
}

/// How the last order stands, as the applicant is told; one that has no code yet he need not know.
pub(crate) async fn told(tx: &Tx, case: &case::Model) -> Result<Option<FeeTold>, Fault> {
    if case.fee_stage.is_none() {
        return Ok(None);
    }
    let Some(row) = store::fee::last_of_case(tx.conn(), case.id).await? else {
        return Ok(None);
    };
    let order = sealed::fee_order(tx.sealer(), &row)?;
    // Nobody was told of it.
    if row.pay_by.is_none() {
        return Ok(None);
    }
    let refusal = row.refusal.as_ref();
    let refusal = refusal.map(|words| tx.sealer().open_text(FEE_REFUSAL, row.id, words));
    let request = order.request.as_ref();
    // What the office thinks of itself is told when a second person has agreed.
    let request = request.filter(|request| request.asker != Asker::Office);
    Ok(Some(FeeTold {
        state: row.state.clone(),
        lines: read_lines(&row)?,
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
        refundable: is_refundable(&order, ended_in_vain(case)),
    }))
}

/// Whether a case has ended without what its fee is for.
pub(crate) fn ended_in_vain(case: &case::Model) -> bool {
    let granted = case.result.as_deref() == Some("granted");
    !case.running && (!granted || case.revoked_at.is_some() || case.state == State::Voided.as_str())
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

/// Whether a case can be charged: it runs, and nothing else is open beside it.
pub(crate) fn check_chargeable(
    app: &App,
    case: &case::Model,
    last: Option<&FeeOrder>,
) -> Result<(), crate::error::Error> {
    use crate::error::Error;
    if app.payments().is_none() {
        return Err(Error::PaymentsOff);
    }
    if !case.running {
        return Err(Error::FeeTooLate);
    }
    let is_open = |order: &FeeOrder| {
        order.is_open()
            || order.is_settled()
            || order.refunding > 0
            || order
                .request
                .as_ref()
                .is_some_and(|one| one.kind == RequestKind::Refund)
    };
    if last.is_some_and(is_open) {
        return Err(Error::FeeOpen);
    }
    Ok(())
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
