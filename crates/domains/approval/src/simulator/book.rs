//! The book of the simulated platform, and its cashier's desk.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};
use serde::Serialize;
use tb_contract::payments::{
    Bill, BillAsked, CURRENCY, Payment, PaymentNotice, RefundAsked, Refunded, SignedMessage,
};
use tb_contract::ports::PortResult;
use tb_kernel::{Fault, RequestId};
use tb_storage::{Conn, Origin, StorageError, Tx};
use utoipa::ToSchema;

use super::Simulator;
use super::port::distrusted;
use crate::entity::simulated_bill::{Column, Entity, Model};
use crate::entity::simulated_nonce;
use crate::error::Error;

/// How long a nonce is remembered: longer than any message is believed.
const REMEMBERED: Duration = Duration::hours(1);

/// What the cashier's page shows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cashier {
    /// 缴款码
    pub code: String,
    /// What for.
    pub subject: String,
    /// Fen.
    pub amount: i64,
    /// `open`, `paid`, `closed` or `expired`.
    pub state: String,
    /// Number of the receipt, once it is paid.
    pub receipt: Option<String>,
}

impl Simulator {
    async fn tx(&self) -> PortResult<Tx> {
        let origin = Origin::system("approval.payment_simulator", RequestId(self.store.new_id()));
        Ok(self.store.begin(origin).await?)
    }

    /// Takes a message the first time that it comes.
    pub(super) async fn first_time(&self, nonce: &str) -> PortResult<()> {
        let tx = self.tx().await?;
        simulated_nonce::Entity::delete_many()
            .filter(simulated_nonce::Column::SeenAt.lt(tx.now() - REMEMBERED))
            .exec(tx.conn())
            .await
            .map_err(StorageError::from)?;
        let row = simulated_nonce::ActiveModel {
            id: Set(tx.new_id()),
            nonce: Set(nonce.to_owned()),
            seen_at: Set(tx.now()),
        };
        let new = simulated_nonce::Entity::insert(row)
            .on_conflict(
                OnConflict::column(simulated_nonce::Column::Nonce)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx.conn())
            .await
            .map_err(StorageError::from)?;
        tx.commit(&()).await?;
        if new == 0 { Err(distrusted()) } else { Ok(()) }
    }

    /// Takes an order, or answers as before where it is the same.
    pub(super) async fn open_bill(&self, asked: &BillAsked) -> PortResult<Bill> {
        let tx = self.tx().await?;
        if let Some(known) = held(&tx, Column::Number.eq(asked.number.as_str())).await? {
            if known.amount != asked.amount || known.currency != asked.currency {
                return Err(refused("同一订单号的金额不同"));
            }
            return Ok(bill(&known));
        }
        if asked.amount <= 0 || asked.currency != CURRENCY || asked.expires_at <= tx.now() {
            return Err(refused("金额、币种或者有效期不正确"));
        }
        let row = Model {
            id: tx.new_id(),
            number: asked.number.clone(),
            code: self.new_code(&asked.office),
            office: asked.office.clone(),
            subject: asked.subject.clone(),
            amount: asked.amount,
            currency: asked.currency.clone(),
            expires_at: asked.expires_at,
            closed: false,
            transaction_number: None,
            receipt: None,
            paid_at: None,
            refunded: 0,
            refunds: "{}".to_owned(),
        };
        let made = bill(&row);
        Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(tx.conn())
            .await
            .map_err(StorageError::from)?;
        tx.commit(&()).await?;
        Ok(made)
    }

    /// Twenty digits: division, year, a number nobody can guess, a check digit.
    fn new_code(&self, office: &str) -> String {
        let division: String = office.chars().skip(2).take(6).collect();
        let mut random = [0_u8; 8];
        self.store.entropy().fill(&mut random);
        let serial = u64::from_be_bytes(random) % 100_000_000_000;
        let year = self.store.clock().now().year() % 100;
        let digits = format!("{division:0>6}{year:02}{serial:011}");
        let sum: u32 = digits
            .chars()
            .rev()
            .enumerate()
            .map(|(place, digit)| {
                let digit = digit.to_digit(10).unwrap_or_default();
                let weighed = if place % 2 == 0 { digit * 2 } else { digit };
                weighed / 10 + weighed % 10
            })
            .sum();
        format!("{digits}{}", (10 - sum % 10) % 10)
    }

    /// Takes no payment for an order any more.
    pub(super) async fn close_bill(&self, number: &str) -> PortResult<()> {
        let tx = self.tx().await?;
        if let Some(mut row) = held(&tx, Column::Number.eq(number)).await? {
            row.closed = true;
            save(&tx, row).await?;
        }
        tx.commit(&()).await?;
        Ok(())
    }

    /// What was paid for an order.
    pub(super) async fn paid(&self, number: &str) -> PortResult<Vec<Payment>> {
        let row = find(&self.store.read(), Column::Number.eq(number)).await?;
        Ok(row.as_ref().and_then(payment).into_iter().collect())
    }

    /// Gives money back: of what was paid, once under one number, and never more than came.
    pub(super) async fn give_back(&self, asked: &RefundAsked) -> PortResult<Refunded> {
        let tx = self.tx().await?;
        let refuse = |why: &str| Ok(Refunded::Refused(why.to_owned()));
        let Some(mut row) = held(&tx, Column::Number.eq(asked.number.as_str())).await? else {
            return refuse("没有这笔订单");
        };
        if row.transaction_number.as_ref() != Some(&asked.transaction) {
            return refuse("没有这笔缴款");
        }
        let mut refunds: BTreeMap<String, i64> =
            serde_json::from_str(&row.refunds).map_err(Fault::internal)?;
        let receipt = Refunded::Done(format!("TK{}", asked.refund));
        match refunds.get(&asked.refund) {
            Some(amount) if *amount == asked.amount => return Ok(receipt),
            Some(_) => return refuse("同一退款号的金额不同"),
            None => {}
        }
        if asked.amount <= 0 || row.refunded + asked.amount > row.amount {
            return refuse("退款金额超过缴款金额");
        }
        row.refunded += asked.amount;
        refunds.insert(asked.refund.clone(), asked.amount);
        row.refunds = serde_json::to_string(&refunds).map_err(Fault::internal)?;
        save(&tx, row).await?;
        tx.commit(&()).await?;
        Ok(receipt)
    }

    /// What the cashier sees of an order.
    pub(crate) async fn cashier(&self, code: &str) -> Result<Cashier, Fault> {
        let row = find(&self.store.read(), Column::Code.eq(code)).await?;
        let row = row.ok_or(Error::FeeNotFound)?;
        let state = match &row {
            row if row.paid_at.is_some() => "paid",
            row if row.closed => "closed",
            row if row.expires_at <= self.store.clock().now() => "expired",
            _ => "open",
        };
        Ok(Cashier {
            code: row.code,
            subject: row.subject,
            amount: row.amount,
            state: state.to_owned(),
            receipt: row.receipt,
        })
    }

    /// Somebody pays: what the platform then tells.
    pub(crate) async fn pay(&self, code: &str) -> Result<SignedMessage, Fault> {
        let tx = self.tx().await?;
        let row = held(&tx, Column::Code.eq(code)).await?;
        let mut row = row.ok_or(Error::FeeNotFound)?;
        let now = tx.now();
        match &row {
            row if row.paid_at.is_some() => return Err(refused("这张缴款单已经缴过")),
            row if row.closed => return Err(refused("这张缴款单已经关闭")),
            row if row.expires_at <= now => return Err(refused("这张缴款单已经过期")),
            _ => {}
        }
        let id = tx.new_id().simple().to_string();
        row.transaction_number = Some(format!("MN{id}"));
        row.receipt = Some(format!(
            "样{}{}",
            now.format("%Y%m%d"),
            row.code.chars().skip(8).collect::<String>()
        ));
        row.paid_at = Some(now);
        let notice = PaymentNotice {
            number: row.number.clone(),
            code: row.code.clone(),
            payment: payment(&row).ok_or_else(|| Fault::internal("paid, and no payment"))?,
        };
        save(&tx, row).await?;
        tx.commit(&()).await?;
        let body = serde_json::to_string(&notice).map_err(Fault::internal)?;
        Ok(self.sign(body))
    }
}

fn bill(row: &Model) -> Bill {
    Bill {
        code: row.code.clone(),
        pay_url: format!("/cashier/{}", row.code),
    }
}

fn payment(row: &Model) -> Option<Payment> {
    Some(Payment {
        transaction: row.transaction_number.clone()?,
        amount: row.amount,
        currency: row.currency.clone(),
        paid_at: row.paid_at?.with_timezone(&Utc),
        receipt: row.receipt.clone()?,
    })
}

fn refused(why: &str) -> Fault {
    Error::SimulatorRefused {
        why: why.to_owned(),
    }
    .into()
}

async fn find(conn: &Conn, which: Expr) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find().filter(which).one(conn).await?)
}

/// Keeps an order from other writers.
async fn held(tx: &Tx, which: Expr) -> Result<Option<Model>, StorageError> {
    let query = Entity::find().filter(which).lock_exclusive();
    Ok(query.one(tx.conn()).await?)
}

async fn save(tx: &Tx, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}
