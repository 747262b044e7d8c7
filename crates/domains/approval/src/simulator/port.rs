//! The way to the simulated platform: what we ask is signed on our side and checked on its own, as over
//! a wire.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::payments::{
    Bill, BillAsked, Distrust, Payment, PaymentNotice, Payments, RefundAsked, Refunded,
    SignedMessage,
};
use tb_contract::ports::PortResult;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::signed::{check, sign};

use super::Simulator;

/// What can be asked of the platform.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Asked {
    /// An order to be taken.
    Open(BillAsked),
    /// An order to be closed.
    Close(String),
    /// What was paid for an order.
    Payments(String),
    /// Money back.
    Refund(RefundAsked),
}

impl Simulator {
    /// Our side: signs, sends, reads the answer.
    async fn ask<T: DeserializeOwned>(&self, asked: &Asked) -> PortResult<T> {
        let body = serde_json::to_string(asked).map_err(Fault::internal)?;
        let message = self.sign(body);
        let answer = self.hear(&message).await?;
        serde_json::from_value(answer).map_err(Fault::internal)
    }

    /// A message under a nonce of its own, as whoever holds the key signs it.
    pub fn sign(&self, body: String) -> SignedMessage {
        let nonce = self.store.new_id().simple().to_string();
        sign(&self.key, nonce, self.store.clock().now(), body)
    }

    /// Its side: believes, and does.
    ///
    /// # Errors
    /// Where the message is not to be believed, was sent before, or asks for what cannot be.
    pub async fn hear(&self, message: &SignedMessage) -> PortResult<Value> {
        check(&self.key, message, self.store.clock().now()).map_err(|_| distrusted())?;
        let asked: Asked = serde_json::from_str(&message.body).map_err(|_| distrusted())?;
        self.first_time(&message.nonce).await?;
        let answer = match asked {
            Asked::Open(bill) => serde_json::to_value(self.open_bill(&bill).await?),
            Asked::Close(number) => serde_json::to_value(self.close_bill(&number).await?),
            Asked::Payments(number) => serde_json::to_value(self.paid(&number).await?),
            Asked::Refund(refund) => serde_json::to_value(self.give_back(&refund).await?),
        };
        answer.map_err(Fault::internal)
    }
}

/// What is not believed is refused; a real platform would say no more either.
pub(super) fn distrusted() -> Fault {
    Fault::new(ErrorKind::Forbidden, "approval.payment_forged")
}

#[async_trait]
impl Payments for Simulator {
    async fn open(&self, asked: &BillAsked) -> PortResult<Bill> {
        self.ask(&Asked::Open(asked.clone())).await
    }

    async fn close(&self, number: &str) -> PortResult<()> {
        self.ask(&Asked::Close(number.to_owned())).await
    }

    async fn payments(&self, number: &str) -> PortResult<Vec<Payment>> {
        self.ask(&Asked::Payments(number.to_owned())).await
    }

    async fn refund(&self, asked: &RefundAsked) -> PortResult<Refunded> {
        self.ask(&Asked::Refund(asked.clone())).await
    }

    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<PaymentNotice, Distrust> {
        check(&self.key, message, now)?;
        serde_json::from_str(&message.body).map_err(|_| Distrust::Unreadable)
    }
}
