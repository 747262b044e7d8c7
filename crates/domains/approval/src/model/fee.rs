//! A fee order (缴款单) beside a case: its states, what can be done in each, and by whom. Pure, as the
//! state table of the case is. All sums are whole fen.

mod gate;
mod lines;
mod money;
mod orders;
mod request;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use tb_contract::events::FeeLine;
use uuid::Uuid;

use super::applicant_term::{GRACE, REMINDER};
use super::apply::Surroundings;
use super::event::{EventKind, StaffRef};
use super::guard::HEAD;
use super::words::words;
use crate::error::Error;

pub(crate) use gate::{FeeFacts, Standing, check_due, check_gate, check_notice, is_wanted};
pub(crate) use lines::{agrees, charges, total};
pub(crate) use money::{Money, is_refundable};
pub(crate) use orders::{Fees, standing_lines};
pub(crate) use request::{Ask, Asker, Request, RequestKind};

words! {
    /// Where a fee order stands.
    pub(crate) enum FeeState {
        /// 开单中: the platform makes the payment code.
        Preparing = "preparing",
        /// 已通知
        Noticed = "noticed",
        /// 已减征: less is to be paid.
        Reduced = "reduced",
        /// 已缴
        Paid = "paid",
        /// 免征
        Exempt = "exempt",
        /// 退款中
        Refunding = "refunding",
        /// 已退
        Refunded = "refunded",
        /// 逾期未缴
        Lapsed = "lapsed",
        /// 已作废
        Cancelled = "cancelled",
    }
}

words! {
    /// What a fee means for lists: the mark of its case.
    pub(crate) enum FeeStage {
        /// 待缴费
        Unpaid = "unpaid",
        /// 申请减免
        Request = "request",
        /// 待退款
        Refund = "refund",
        /// 待核定: a clerk has to fix the sum.
        Assess = "assess",
        /// 已缴清
        Settled = "settled",
        /// 逾期未缴
        Lapsed = "lapsed",
        /// Nothing of it counts any more.
        Over = "over",
    }
}

impl FeeStage {
    /// Somebody still has to pay, to answer or to give back.
    pub(crate) const OPEN: [Self; 4] = [Self::Unpaid, Self::Request, Self::Refund, Self::Assess];
}

/// An order as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FeeOrder {
    /// Where it stands.
    pub state: FeeState,
    /// What is charged by it now: what a correction has amended is out of them.
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
    /// How often the platform was given a new sum; part of the number that it knows.
    pub revision: i32,
    /// Whether the platform has made the code for this revision.
    pub billed: bool,
    /// First moment after the term for paying.
    pub until: Option<DateTime<Utc>>,
    /// When the applicant was reminded.
    pub reminded_at: Option<DateTime<Utc>>,
    /// What waits for an answer.
    pub request: Option<Request>,
}

/// What the platform made of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Billed {
    /// 缴款码
    pub code: String,
    /// Where it is paid.
    pub pay_url: String,
    /// Last day for paying.
    pub pay_by: NaiveDate,
    /// First moment after it.
    pub until: DateTime<Utc>,
}

/// What can be done with an order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FeeCommand {
    /// The platform has made the code; the term for paying begins.
    Bill(Billed),
    /// A payment came for a revision of it.
    Pay(Money),
    /// The applicant asks.
    Ask(Ask),
    /// A clerk proposes a sum, on what was asked or of his own accord.
    Propose {
        /// What.
        kind: RequestKind,
        /// What is left to be paid, or is given back.
        sum: i64,
        /// Why.
        reason: String,
        /// Who.
        by: StaffRef,
        /// Whose deputy he is.
        stood_for: Vec<Uuid>,
    },
    /// A second person grants what was proposed.
    Approve {
        /// Whether the case goes on: what is then given back of its fee is charged no more.
        running: bool,
    },
    /// What was asked is refused.
    Refuse {
        /// Why.
        reason: String,
    },
    /// The applicant is reminded.
    Remind,
    /// The term has passed.
    Lapse,
    /// A clerk takes the notice back; not over the applicant's head.
    TakeBack {
        /// Why.
        reason: String,
    },
    /// The platform does: the case has ended, or its form charges something else now.
    Cancel,
    /// Less is charged for what was paid already: the form says so since its correction.
    Amend {
        /// The lines of it that are charged no more.
        less: Vec<FeeLine>,
        /// Why.
        reason: String,
    },
    /// So much was given back.
    GiveBack {
        /// Fen.
        sum: i64,
    },
    /// The platform gives it back no more.
    FailRefund,
}

impl FeeOrder {
    /// Asks the platform for another code with another term.
    fn bill_anew(&mut self) {
        self.revision += 1;
        self.billed = false;
        self.until = None;
        self.reminded_at = None;
    }

    /// A new order over a sum; of no lines as yet.
    pub(crate) fn new(amount: i64) -> Self {
        Self {
            state: FeeState::Preparing,
            lines: Vec::new(),
            amount,
            due: amount,
            paid: 0,
            refunded: 0,
            refunding: 0,
            revision: 1,
            billed: false,
            until: None,
            reminded_at: None,
            request: None,
        }
    }

    /// What the office holds of what was paid.
    pub(crate) fn kept(&self) -> i64 {
        self.paid - self.refunded - self.refunding
    }

    /// What is still to be paid.
    pub(crate) fn owed(&self) -> i64 {
        (self.due - self.kept()).max(0)
    }

    /// Whether what the applicant asks waits for its answer.
    pub(crate) fn is_asked(&self) -> bool {
        let asker = self.request.as_ref().map(|request| request.asker);
        asker == Some(Asker::Applicant)
    }

    /// Money of it that nobody waited for, as long as nobody has said that it stays.
    fn unwanted(&self) -> i64 {
        let request = self.request.as_ref();
        let request = request.filter(|request| request.asker == Asker::Platform);
        request.and_then(|request| request.sum).unwrap_or_default()
    }

    /// Whether nothing is owed any more.
    pub(crate) fn is_settled(&self) -> bool {
        match self.state {
            FeeState::Exempt => true,
            FeeState::Paid | FeeState::Refunding | FeeState::Refunded => {
                self.kept() - self.unwanted() >= self.due
            }
            _ => false,
        }
    }

    /// Whether what it is over is charged by it: another order is over the rest alone.
    pub(crate) fn stands(&self) -> bool {
        self.is_open() || self.is_settled()
    }

    /// Whether it can be paid.
    pub(crate) fn is_payable(&self) -> bool {
        matches!(self.state, FeeState::Noticed | FeeState::Reduced)
    }

    /// Whether it still waits for something: no other order can be made beside it.
    pub(crate) fn is_open(&self) -> bool {
        self.is_payable() || self.state == FeeState::Preparing
    }

    /// The mark of its case.
    pub(crate) fn stage(&self) -> FeeStage {
        match (&self.request, self.state) {
            (Some(request), _) if request.kind == RequestKind::Refund => FeeStage::Refund,
            (Some(_), _) => FeeStage::Request,
            (None, FeeState::Refunding) => FeeStage::Refund,
            (None, FeeState::Preparing | FeeState::Noticed | FeeState::Reduced) => FeeStage::Unpaid,
            (None, FeeState::Lapsed) => FeeStage::Lapsed,
            (None, _) if self.is_settled() => FeeStage::Settled,
            (None, _) => FeeStage::Over,
        }
    }

    /// What is to be done next by the clock, and when: a reminder, then the end a day later at the
    /// earliest. A request that waits stops it, and nobody is late who has nothing to pay by.
    pub(crate) fn alarm(&self) -> Option<(DateTime<Utc>, FeeCommand)> {
        let until = self.until.filter(|_| self.is_payable() && self.billed)?;
        match (&self.request, self.reminded_at) {
            (Some(_), _) => None,
            (None, None) => Some((until - REMINDER, FeeCommand::Remind)),
            (None, Some(at)) => Some((until.max(at + GRACE), FeeCommand::Lapse)),
        }
    }
}

/// Does a command: the order after it, and what it comes to in the history of the case.
pub(crate) fn apply_fee(
    order: &FeeOrder,
    command: &FeeCommand,
    around: Surroundings<'_>,
) -> Result<(FeeOrder, EventKind), Error> {
    let mut next = order.clone();
    let kind = match command {
        FeeCommand::Bill(billed) => bill(&mut next, billed.until)?,
        FeeCommand::Pay(paid) => money::pay(&mut next, paid, around.now)?,
        FeeCommand::Ask(asked) => request::ask(&mut next, asked)?,
        FeeCommand::Propose {
            kind,
            sum,
            reason,
            by,
            stood_for,
        } => {
            let proposal = request::Proposal {
                kind: *kind,
                sum: *sum,
                reason,
                by,
                stood_for,
            };
            request::propose(&mut next, proposal, around.now)?
        }
        FeeCommand::Approve { running } => request::approve(&mut next, *running, around)?,
        FeeCommand::Refuse { reason } => request::refuse(&mut next, reason, around)?,
        FeeCommand::Remind | FeeCommand::Lapse => by_clock(&mut next, command, around.now)?,
        FeeCommand::TakeBack { reason } => {
            words_there(reason)?;
            if order.is_asked() {
                return Err(Error::FeeAsked);
            }
            cancel(&mut next, around.now)?
        }
        FeeCommand::Cancel => cancel(&mut next, around.now)?,
        FeeCommand::Amend { less, reason } => money::amend(&mut next, less, reason, around.now)?,
        FeeCommand::GiveBack { sum } => money::give_back(&mut next, *sum)?,
        FeeCommand::FailRefund => money::fail_refund(&mut next, around.now)?,
    };
    Ok((next, kind))
}

fn bill(next: &mut FeeOrder, until: DateTime<Utc>) -> Result<EventKind, Error> {
    expect(!next.billed, next)?;
    let kind = match next.state {
        FeeState::Preparing => EventKind::FeeNoticed,
        FeeState::Noticed | FeeState::Reduced => EventKind::FeeBilled,
        _ => return Err(wrong_state(next)),
    };
    if next.state == FeeState::Preparing {
        next.state = FeeState::Noticed;
    }
    next.billed = true;
    next.until = Some(until);
    next.reminded_at = None;
    Ok(kind)
}

/// Nothing is to be paid by it any more; what came of it goes back.
fn cancel(next: &mut FeeOrder, now: DateTime<Utc>) -> Result<EventKind, Error> {
    expect(next.is_open(), next)?;
    next.state = FeeState::Cancelled;
    next.request = None;
    money::ask_back(next, next.kept(), now);
    Ok(EventKind::FeeCancelled)
}

fn by_clock(
    next: &mut FeeOrder,
    command: &FeeCommand,
    now: DateTime<Utc>,
) -> Result<EventKind, Error> {
    let due = next
        .alarm()
        .filter(|(at, what)| *at <= now && what == command);
    expect(due.is_some(), next)?;
    if *command == FeeCommand::Remind {
        next.reminded_at = Some(now);
        return Ok(EventKind::FeeReminded);
    }
    next.state = FeeState::Lapsed;
    money::ask_back(next, next.kept(), now);
    Ok(EventKind::FeeLapsed)
}

fn expect(holds: bool, order: &FeeOrder) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(wrong_state(order))
    }
}

fn wrong_state(order: &FeeOrder) -> Error {
    Error::FeeWrongState {
        state: order.state.to_string(),
    }
}

fn words_there(reason: &str) -> Result<(), Error> {
    if reason.trim().is_empty() {
        Err(Error::ReasonMissing)
    } else {
        Ok(())
    }
}

fn head_there(around: Surroundings<'_>) -> Result<(), Error> {
    if around.holds(HEAD) {
        Ok(())
    } else {
        Err(Error::HeadApproves)
    }
}
