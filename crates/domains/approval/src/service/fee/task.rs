//! What is said to the payment platform, outside of transactions: codes to be made, orders to be
//! closed, refunds, and the question whether an order without an answer was paid after all. Each call
//! may be repeated; what fails is tried again. And the applicants' terms for paying.

use chrono::{DateTime, Duration, Utc};
use tb_calendar::{Moment, Request, Term};
use tb_contract::payments::{BillAsked, CURRENCY, RefundAsked, Refunded};
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use super::super::record::Open;
use super::super::setting::calendar;
use super::super::supervise::Watched;
use super::money::Verdict;
use super::{RECONCILE, by_platform, money, number, step};
use crate::app::{App, PaymentPlatform};
use crate::entity::{fee_order, fee_refund};
use crate::error::Error;
use crate::model::clocks::after;
use crate::model::event::EventDetail;
use crate::model::fee::{Billed, FeeCommand, FeeOrder, FeeState};
use crate::model::words::Word;
use crate::{sealed, store};

/// Orders looked at in one run.
const BATCH: u64 = 100;
/// How long messages are kept that were refused.
const KEPT: Duration = Duration::days(90);
/// After trouble with the platform.
const TRY_AGAIN: Duration = Duration::minutes(1);

/// Says what is to be said to the platform; returns about how many orders.
pub(crate) async fn speak(app: &App, storage: &Store) -> Result<usize, Fault> {
    let Some(platform) = app.payments() else {
        return Ok(0);
    };
    let now = storage.clock().now();
    let mut spoken = 0;
    for id in store::fee::with_task(&storage.read(), now, BATCH).await? {
        let Some(row) = store::fee::find(&storage.read(), id).await? else {
            continue;
        };
        let version = row.version;
        match Box::pin(about(app, storage, platform, row)).await {
            Ok(()) => spoken += 1,
            Err(fault) => {
                tracing::warn!(order = %id, code = fault.code, cause = ?fault.cause, "the payment platform is asked again later");
                again(storage, id, version, Some(now + TRY_AGAIN)).await?;
            }
        }
    }
    Ok(spoken)
}

/// Reminds applicants who have not paid, and ends the terms that have passed; returns how many.
pub(crate) async fn terms(app: &App, storage: &Store) -> Result<usize, Fault> {
    // Where fees are not charged any more, nobody loses his case over one.
    let Some(platform) = app.payments() else {
        return Ok(0);
    };
    let now = storage.clock().now();
    let mut minded = 0;
    for id in store::fee::with_alarm(&storage.read(), now, BATCH).await? {
        match Box::pin(mind(app, storage, platform, id)).await {
            Ok(()) => minded += 1,
            Err(fault) => {
                tracing::error!(order = %id, code = fault.code, cause = ?fault.cause, "the term of a fee cannot be looked at");
            }
        }
    }
    Ok(minded)
}

async fn about(
    app: &App,
    storage: &Store,
    platform: &PaymentPlatform,
    row: fee_order::Model,
) -> Result<(), Fault> {
    let order = sealed::fee_order(storage.sealer(), &row)?;
    if order.is_open() && !order.billed {
        return bill(app, storage, platform, &row).await;
    }
    if !order.is_open() {
        close(platform, row.id, row.revision).await?;
    }
    // Also where it is closed: it may have been paid a moment before.
    reconcile(app, platform, &row).await?;
    if order.state == FeeState::Refunding {
        return give_back(app, storage, platform, &row).await;
    }
    let next = order.is_open().then(|| storage.clock().now() + RECONCILE);
    again(storage, row.id, row.version, next).await
}

/// Takes no payment any more by any code that an order has had up to a revision.
async fn close(platform: &PaymentPlatform, id: Uuid, last: i32) -> Result<(), Fault> {
    for revision in 1..=last {
        platform.port.close(&number(id, revision)).await?;
    }
    Ok(())
}

/// Has the platform make the code, and sends out the notice.
async fn bill(
    app: &App,
    storage: &Store,
    platform: &PaymentPlatform,
    row: &fee_order::Model,
) -> Result<(), Fault> {
    let conn = storage.read();
    let case = store::case::find(&conn, &Scope::Everything, row.case_id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let now = storage.clock().now();
    let term = Term::working_days(app.settings().payment_days);
    let request = Request::new(now, term).in_region(&case.region);
    let calendar = calendar(app, &conn, &case.calendar_version).await?;
    let pay_by = calendar.due(&request).map_err(Fault::internal)?.date;
    let until = after(Moment::Day(pay_by));
    let asked = BillAsked {
        number: number(row.id, row.revision),
        office: row.department_code.clone(),
        subject: case.item_name.clone(),
        amount: sealed::fee_order(storage.sealer(), row)?.owed(),
        currency: CURRENCY.to_owned(),
        expires_at: until,
    };
    let made = platform.port.open(&asked).await?;
    close(platform, row.id, row.revision - 1).await?;
    let held = Held::take(app, storage, row.id).await?;
    if held.row.version != row.version {
        // Somebody has gone on with it meanwhile. What is open all the same is seen in the next run.
        let order = sealed::fee_order(held.tx.sealer(), &held.row)?;
        drop(held);
        if !order.is_open() {
            platform.port.close(&asked.number).await?;
        }
        return Ok(());
    }
    let command = FeeCommand::Bill(Billed {
        code: made.code,
        pay_url: made.pay_url,
        pay_by,
        until,
    });
    held.step(app, &command, None).await
}

/// Asks what was paid.
async fn reconcile(
    app: &App,
    platform: &PaymentPlatform,
    row: &fee_order::Model,
) -> Result<(), Fault> {
    for revision in 1..=row.revision {
        let number = number(row.id, revision);
        for payment in platform.port.payments(&number).await? {
            let verdict = money::found(app, &number, payment).await?;
            tracing::info!(order = %row.id, verdict = %verdict, "the payment platform was asked about an order");
        }
    }
    Ok(())
}

/// Has the platform give money back, one payment after the other.
async fn give_back(
    app: &App,
    storage: &Store,
    platform: &PaymentPlatform,
    row: &fee_order::Model,
) -> Result<(), Fault> {
    let conn = storage.read();
    let payments = store::fee::payments(&conn, row.id).await?;
    let refunds = store::fee::refunds(&conn, row.id).await?;
    let asked = refunds.iter().filter(|one| one.state == store::fee::ASKED);
    for refund in asked {
        let payment = payments.iter().find(|one| one.id == refund.payment_id);
        let payment = payment.ok_or_else(|| Fault::internal("a refund of no payment"))?;
        let answer = platform
            .port
            .refund(&RefundAsked {
                refund: refund.id.simple().to_string(),
                number: payment.number.clone(),
                transaction: payment.transaction_number.clone(),
                amount: refund.amount,
            })
            .await?;
        match answer {
            Refunded::Done(receipt) => given_back(app, storage, refund, &receipt).await?,
            Refunded::Refused(why) => return not_given_back(app, storage, row.id, &why).await,
        }
    }
    Ok(())
}

async fn given_back(
    app: &App,
    storage: &Store,
    refund: &fee_refund::Model,
    receipt: &str,
) -> Result<(), Fault> {
    let held = Held::take(app, storage, refund.order_id).await?;
    let ended = ("done", receipt);
    if !store::fee::end_refund(held.tx.conn(), refund.id, ended, held.tx.now()).await? {
        return Ok(());
    }
    let words = format!("退款流水号：{receipt}。");
    let command = FeeCommand::GiveBack { sum: refund.amount };
    held.step(app, &command, Some(&words)).await
}

/// The platform refuses for good: what was to follow does not, and the office looks at it again.
async fn not_given_back(app: &App, storage: &Store, order: Uuid, why: &str) -> Result<(), Fault> {
    let held = Held::take(app, storage, order).await?;
    let conn = held.tx.conn();
    for refund in store::fee::refunds(conn, order).await? {
        if store::fee::end_refund(conn, refund.id, ("refused", why), held.tx.now()).await? {
            store::fee::add_refunded(conn, refund.payment_id, -refund.amount).await?;
        }
    }
    held.step(app, &FeeCommand::FailRefund, Some(why)).await
}

/// A term is over only when the platform says that nobody has paid: a message may be late or lost.
async fn mind(
    app: &App,
    storage: &Store,
    platform: &PaymentPlatform,
    id: Uuid,
) -> Result<(), Fault> {
    let seen = store::fee::find(&storage.read(), id).await?;
    let seen = seen.ok_or(Error::FeeNotFound)?;
    let alarm = sealed::fee_order(storage.sealer(), &seen)?.alarm();
    if matches!(alarm, Some((_, FeeCommand::Lapse))) {
        close(platform, id, seen.revision).await?;
        reconcile(app, platform, &seen).await?;
    }
    let held = Held::take(app, storage, id).await?;
    let order: FeeOrder = sealed::fee_order(held.tx.sealer(), &held.row)?;
    let now = held.tx.now();
    match order.alarm().filter(|(at, _)| *at <= now) {
        Some((_, command)) => held.step(app, &command, None).await,
        // Paid or asked about in the same moment.
        None => Ok(()),
    }
}

/// Forgets what was refused long ago.
pub(crate) async fn forget(storage: &Store) -> Result<(), Fault> {
    let origin = Origin::system("approval.payments", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    let before = tx.now() - KEPT;
    for verdict in Verdict::ALL.iter().filter(|one| **one != Verdict::Taken) {
        store::fee::forget_notices(tx.conn(), verdict.as_str(), before).await?;
    }
    tx.commit(&()).await?;
    Ok(())
}

/// An order that the platform holds, with its case.
struct Held {
    tx: Tx,
    watched: Watched,
    row: fee_order::Model,
}

impl Held {
    async fn take(app: &App, storage: &Store, id: Uuid) -> Result<Self, Fault> {
        let origin = Origin::system("approval.payments", RequestId(storage.new_id()));
        let tx = storage.begin(origin).await?;
        let case_id = store::fee::find(tx.conn(), id)
            .await?
            .ok_or(Error::FeeNotFound)?
            .case_id;
        let watched = Watched::take(app, &tx, &Scope::Everything, case_id).await?;
        let row = store::fee::find(tx.conn(), id)
            .await?
            .ok_or(Error::FeeNotFound)?;
        Ok(Self { tx, watched, row })
    }

    async fn step(
        mut self,
        app: &App,
        command: &FeeCommand,
        words: Option<&str>,
    ) -> Result<(), Fault> {
        let mut open = Open {
            app,
            setting: &self.watched.setting,
            row: self.watched.row,
            history: self.watched.history,
            causation_id: None,
        };
        let mut doing = by_platform(&self.tx, command, "");
        doing.detail = EventDetail {
            reason: words.map(str::to_owned).unwrap_or_default(),
            ..EventDetail::default()
        };
        step(&mut self.tx, &mut open, self.row, doing).await?;
        self.tx.commit(&()).await?;
        Ok(())
    }
}

async fn again(
    storage: &Store,
    id: Uuid,
    version: i64,
    at: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let origin = Origin::system("approval.payments", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    store::fee::ask_again(tx.conn(), id, version, at).await?;
    tx.commit(&()).await?;
    Ok(())
}
