//! Money of an order: what came, what goes back, what is too much. Money that has come is never
//! refused.

use chrono::{DateTime, Utc};
use tb_contract::events::FeeLine;

use super::super::event::EventKind;
use super::lines::take_off;
use super::request::{Asker, Request, RequestKind};
use super::{FeeOrder, FeeState, expect, wrong_state};
use crate::error::Error;

/// Money that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Money {
    /// Fen.
    pub amount: i64,
    /// Revision that was paid.
    pub revision: i32,
    /// When it was paid; it may be told much later.
    pub at: DateTime<Utc>,
    /// Whether the case still waits for this order: it goes on, has no later one, and owes what it is over.
    pub wanted: bool,
}

/// A payment came. A part leaves the rest to be paid by a code of its own. What nobody waits for any
/// more, and what is too much, goes back as soon as two persons have looked at it; but nobody has paid
/// too late whose payment was only told too late.
pub(super) fn pay(
    next: &mut FeeOrder,
    paid: &Money,
    now: DateTime<Utc>,
) -> Result<EventKind, Error> {
    if paid.amount <= 0
        || !(1..=next.revision).contains(&paid.revision)
        || next.state == FeeState::Preparing
    {
        return Err(wrong_state(next));
    }
    let in_time = next.until.is_some_and(|until| paid.at < until);
    if next.state == FeeState::Lapsed && paid.wanted && in_time {
        next.state = if next.due < next.amount {
            FeeState::Reduced
        } else {
            FeeState::Noticed
        };
    }
    let was_payable = next.is_payable();
    next.paid += paid.amount;
    if was_payable && next.owed() > 0 {
        next.bill_anew();
        return Ok(EventKind::FeePaid);
    }
    if next.state != FeeState::Refunding {
        next.state = FeeState::Paid;
    }
    let too_much = if was_payable {
        // Whoever has paid asks for no reduction any more.
        next.request = None;
        next.kept() - next.due
    } else {
        paid.amount
    };
    ask_back(next, too_much, now);
    Ok(EventKind::FeePaid)
}

/// What was paid is more than is charged now: the lines that are charged no more leave the order, so that
/// nothing goes back for them twice.
pub(super) fn amend(
    next: &mut FeeOrder,
    less: &[FeeLine],
    reason: &str,
    now: DateTime<Utc>,
) -> Result<EventKind, Error> {
    let is_paid = matches!(
        next.state,
        FeeState::Paid | FeeState::Refunding | FeeState::Refunded
    );
    let mut less = less.to_vec();
    let taken = take_off(&mut next.lines, &mut less);
    let sum: i64 = taken.iter().map(FeeLine::sum).sum();
    expect(is_paid && less.is_empty() && sum > 0 && next.due > 0, next)?;
    let due = (next.due - sum).max(0);
    let too_much = next.due.min(next.kept()) - due;
    next.due = due;
    ask_back(next, too_much, now);
    let asked = next.request.as_mut();
    if let Some(request) = asked.filter(|request| request.asker == Asker::Platform) {
        reason.clone_into(&mut request.reason);
    }
    Ok(EventKind::FeeProposed)
}

/// The platform has given so much back.
pub(super) fn give_back(next: &mut FeeOrder, sum: i64) -> Result<EventKind, Error> {
    expect((1..=next.refunding).contains(&sum), next)?;
    next.refunding -= sum;
    next.refunded += sum;
    if next.refunding == 0 {
        next.state = FeeState::Refunded;
    }
    Ok(EventKind::FeeRefunded)
}

/// The platform gives it back no more. Two persons have agreed that it goes back: it stays on the desk
/// until it does.
pub(super) fn fail_refund(next: &mut FeeOrder, now: DateTime<Utc>) -> Result<EventKind, Error> {
    expect(next.refunding > 0, next)?;
    let sum = std::mem::take(&mut next.refunding);
    next.state = if next.refunded > 0 {
        FeeState::Refunded
    } else {
        FeeState::Paid
    };
    ask_back(next, sum, now);
    Ok(EventKind::FeeRefundFailed)
}

/// So much is to go back, beside what waits to go back already. Where the applicant himself asks for
/// his money, his words stay and the sum is fixed anew.
pub(super) fn ask_back(next: &mut FeeOrder, sum: i64, now: DateTime<Utc>) {
    if sum <= 0 {
        return;
    }
    let waiting = next
        .request
        .take()
        .filter(|request| request.kind == RequestKind::Refund);
    next.request = Some(match waiting {
        Some(asked) if asked.asker == Asker::Applicant => Request {
            sum: None,
            opinion: String::new(),
            proposer: None,
            stood_for: Vec::new(),
            ..asked
        },
        waiting => {
            let before = waiting.filter(|request| request.asker == Asker::Platform);
            let before = before.and_then(|request| request.sum).unwrap_or_default();
            Request::of_platform((before + sum).min(next.kept()), now)
        }
    });
}

/// Whether the applicant himself may ask for his money back: the case has ended without what he paid
/// for, or he paid too much. The office may always propose it.
pub(crate) fn is_refundable(order: &FeeOrder, ended_in_vain: bool) -> bool {
    let is_paid = matches!(order.state, FeeState::Paid | FeeState::Refunded);
    let request = order.request.as_ref();
    is_paid
        && request.is_none_or(|request| request.asker == Asker::Office)
        && order.kept() > 0
        && (ended_in_vain || order.kept() > order.due)
}
