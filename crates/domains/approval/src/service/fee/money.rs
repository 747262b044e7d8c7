//! Money that came, as the payment platform tells: believed only when signed, counted once, compared
//! with what was asked. What is refused is kept as well.

use chrono::{DateTime, Duration, Utc};
use tb_contract::payments::{CURRENCY, Distrust, Payment, PaymentNotice, SignedMessage};
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store, Tx};

use super::super::record::Open;
use super::super::supervise::Watched;
use super::{by_platform, numbered, step};
use crate::app::App;
use crate::entity::{fee_order, fee_payment, payment_notice};
use crate::error::Error;
use crate::model::fee::{FeeCommand, Fees, Money};
use crate::model::words::words;
use crate::{sealed, store};

/// Refused messages that are kept in an hour; more of them are in the log alone.
const MOST_REFUSED: u64 = 200;
/// Characters kept of what a message says.
const MOST_WORDS: usize = 64;

words! {
    /// What was made of a message.
    pub(crate) enum Verdict {
        /// The money was counted.
        Taken = "taken",
        /// It was counted before.
        Repeated = "repeated",
        /// The signature is wrong.
        Forged = "forged",
        /// Sent too long ago, or its nonce was used for something else.
        Stale = "stale",
        /// It cannot be read.
        Unreadable = "unreadable",
        /// No order of ours.
        Unknown = "unknown",
        /// Another sum than was asked.
        WrongAmount = "wrong_amount",
        /// Another currency.
        WrongCurrency = "wrong_currency",
        /// Another 缴款码 than the order's.
        WrongCode = "wrong_code",
    }
}

impl Verdict {
    fn refusal(self) -> Option<Error> {
        match self {
            Self::Taken | Self::Repeated => None,
            Self::Forged | Self::Unreadable => Some(Error::PaymentForged),
            Self::Stale => Some(Error::PaymentStale),
            Self::Unknown | Self::WrongAmount | Self::WrongCurrency | Self::WrongCode => {
                Some(Error::PaymentAstray)
            }
        }
    }
}

/// Takes a message in. The same one may come again: it is answered as the first time.
pub(crate) async fn hear(app: &App, message: &SignedMessage) -> Result<(), Fault> {
    let platform = app.payments().ok_or(Error::PaymentsOff)?;
    let (storage, now) = (app.store(), app.store().clock().now());
    let verdict = match platform.port.read(message, now) {
        Err(distrust) => {
            let verdict = match distrust {
                Distrust::Forged => Verdict::Forged,
                Distrust::Stale => Verdict::Stale,
                Distrust::Unreadable => Verdict::Unreadable,
            };
            keep_refused(storage, &message.nonce, verdict, None).await?;
            verdict
        }
        Ok(notice) => {
            let before = store::fee::notice(&storage.read(), &message.nonce).await?;
            let is_other = before.is_some_and(|one| {
                one.number != notice.number || one.transaction_number != notice.payment.transaction
            });
            if is_other {
                keep_refused(storage, &message.nonce, Verdict::Stale, Some(&notice)).await?;
                Verdict::Stale
            } else {
                take(app, &notice, Some(&message.nonce)).await?
            }
        }
    };
    match verdict.refusal() {
        None => Ok(()),
        Some(error) => {
            tracing::warn!(verdict = %verdict, "a message about a payment was refused");
            Err(error.into())
        }
    }
}

/// Counts a payment that the platform answered for, when it was asked: whatever it says has come by our
/// number.
pub(super) async fn found(app: &App, number: &str, payment: Payment) -> Result<Verdict, Fault> {
    let notice = PaymentNotice {
        number: number.to_owned(),
        code: String::new(),
        payment,
    };
    // What was counted already need not be kept a second time.
    let known = store::fee::payment(&app.store().read(), &notice.payment.transaction).await?;
    match known {
        Some(_) => Ok(Verdict::Repeated),
        None => take(app, &notice, None).await,
    }
}

/// Compares and counts, in one transaction under the lock of the case. Without a nonce it is the
/// platform's own answer.
async fn take(app: &App, notice: &PaymentNotice, nonce: Option<&str>) -> Result<Verdict, Fault> {
    let storage = app.store();
    let origin = Origin::system("approval.payments", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let order = match numbered(&notice.number) {
        Some((id, revision)) => store::fee::find(tx.conn(), id)
            .await?
            .map(|order| (order, revision)),
        None => None,
    };
    let Some((order, revision)) = order else {
        return refuse(tx, nonce, Verdict::Unknown, notice).await;
    };
    let watched = Watched::take(app, &tx, &Scope::Everything, order.case_id).await?;
    // As it is under the lock.
    let order = store::fee::find(tx.conn(), order.id)
        .await?
        .ok_or(Error::FeeNotFound)?;
    if let Some(wrong) = compare(&order, revision, notice, nonce.is_some()) {
        if wrong == Verdict::WrongAmount {
            // Whether so much has really come is asked of the platform itself, and at once.
            let now = Some(tx.now());
            store::fee::ask_again(tx.conn(), order.id, order.version, now).await?;
        }
        return refuse(tx, nonce, wrong, notice).await;
    }
    let known = store::fee::payment(tx.conn(), &notice.payment.transaction).await?;
    if known.is_some() {
        return refuse(tx, nonce, Verdict::Repeated, notice).await;
    }
    let payment = fee_payment::Model {
        id: tx.new_id(),
        order_id: order.id,
        number: notice.number.clone(),
        transaction_number: notice.payment.transaction.clone(),
        amount: notice.payment.amount,
        refunded: 0,
        receipt: notice.payment.receipt.clone(),
        paid_at: notice.payment.paid_at,
        heard_at: tx.now(),
    };
    store::fee::insert_payment(tx.conn(), payment).await?;
    let nonce = nonce.unwrap_or_default();
    keep(&tx, nonce, Verdict::Taken, Some(notice)).await?;
    let wanted = is_wanted(&tx, &watched, &order).await?;
    let row = fee_order::Model {
        paid_at: Some(notice.payment.paid_at),
        receipt: Some(notice.payment.receipt.clone()),
        ..order
    };
    let mut open = Open {
        app,
        setting: &watched.setting,
        row: watched.row,
        history: watched.history,
        causation_id: None,
    };
    let command = FeeCommand::Pay(Money {
        amount: notice.payment.amount,
        revision,
        at: notice.payment.paid_at,
        wanted,
    });
    let words = format!("电子票据号码：{}。", notice.payment.receipt);
    let counted = by_platform(&tx, &command, &words);
    step(&mut tx, &mut open, row, counted).await?;
    tx.commit(&()).await?;
    Ok(Verdict::Taken)
}

/// Whether the case still waits for the money of an order: it goes on, the order is its last one, and what
/// that is over is still charged.
async fn is_wanted(tx: &Tx, watched: &Watched, order: &fee_order::Model) -> Result<bool, Fault> {
    let last = store::fee::last_of_case(tx.conn(), order.case_id).await?;
    let is_last = last.is_some_and(|last| last.id == order.id);
    let answers = sealed::dossier(tx.sealer(), &watched.row)?.form;
    let setting = &watched.setting;
    let fees = Fees::of(&setting.item, &answers, &setting.orders);
    Ok(is_last && watched.row.running && !fees.is_settled())
}

/// What does not agree with the order. What the platform itself says when it is asked need not: what has
/// come has come, be it a part or too much.
fn compare(
    order: &fee_order::Model,
    revision: i32,
    notice: &PaymentNotice,
    was_told: bool,
) -> Option<Verdict> {
    let is_current = revision == order.revision && order.billed > 0;
    let asked = if is_current {
        order.billed
    } else {
        order.amount
    };
    if !(1..=order.revision).contains(&revision) || (order.revision == 1 && order.billed == 0) {
        return Some(Verdict::Unknown);
    }
    if notice.payment.currency != CURRENCY {
        return Some(Verdict::WrongCurrency);
    }
    let amount = notice.payment.amount;
    if amount <= 0 || (was_told && amount != asked) {
        return Some(Verdict::WrongAmount);
    }
    let code = order.code.as_ref().filter(|_| is_current && was_told);
    let is_other = code.is_some_and(|code| *code != notice.code);
    is_other.then_some(Verdict::WrongCode)
}

/// What the platform answers again and again is kept once.
async fn refuse(
    tx: Tx,
    nonce: Option<&str>,
    verdict: Verdict,
    notice: &PaymentNotice,
) -> Result<Verdict, Fault> {
    let transaction = &notice.payment.transaction;
    let is_known = nonce.is_none()
        && store::fee::is_refused(tx.conn(), (&notice.number, transaction), verdict.as_str())
            .await?;
    if !is_known && !is_full(&tx, verdict).await? {
        keep(&tx, nonce.unwrap_or_default(), verdict, Some(notice)).await?;
    }
    tx.commit(&()).await?;
    Ok(verdict)
}

async fn keep_refused(
    storage: &Store,
    nonce: &str,
    verdict: Verdict,
    notice: Option<&PaymentNotice>,
) -> Result<(), Fault> {
    let origin = Origin::system("approval.payments", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    if !is_full(&tx, verdict).await? {
        keep(&tx, nonce, verdict, notice).await?;
    }
    tx.commit(&()).await?;
    Ok(())
}

/// Whoever sends nonsense does not fill the disk with it.
async fn is_full(tx: &Tx, verdict: Verdict) -> Result<bool, Fault> {
    let since: DateTime<Utc> = tx.now() - Duration::hours(1);
    let many = store::fee::notices_since(tx.conn(), verdict.as_str(), since).await?;
    Ok(many >= MOST_REFUSED)
}

async fn keep(
    tx: &Tx,
    nonce: &str,
    verdict: Verdict,
    notice: Option<&PaymentNotice>,
) -> Result<(), Fault> {
    let clipped = |text: &str| text.chars().take(MOST_WORDS).collect::<String>();
    let row = payment_notice::Model {
        id: tx.new_id(),
        nonce: clipped(nonce),
        verdict: verdict.to_string(),
        number: notice.map(|one| clipped(&one.number)).unwrap_or_default(),
        transaction_number: notice
            .map(|one| clipped(&one.payment.transaction))
            .unwrap_or_default(),
        amount: notice.map_or(0, |one| one.payment.amount),
        heard_at: tx.now(),
    };
    Ok(store::fee::insert_notice(tx.conn(), row).await?)
}
