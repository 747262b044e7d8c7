//! The way to a payment platform that can fail: the simulated one behind a wire that tests cut, hold up
//! or make say no.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tb_approval::{PaymentPlatform, Simulator};
use tb_contract::payments::{
    Bill, BillAsked, Distrust, Payment, PaymentNotice, Payments, RefundAsked, Refunded,
    SignedMessage,
};
use tb_contract::ports::PortResult;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Store;
use tokio::sync::{Notify, oneshot};

/// What is asked of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// A code is to be made.
    Open,
    /// Takes no payment any more.
    Close,
    /// What was paid.
    Payments,
    /// Money back.
    Refund,
}

/// What goes wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers, and nothing is done over there.
    Unreachable,
    /// It is done over there, but the answer is lost.
    AnswerLost,
    /// No, for good.
    Refused,
}

/// The wire.
#[derive(Default)]
pub struct Wire {
    real: OnceLock<Simulator>,
    troubles: Mutex<HashMap<Call, Trouble>>,
    held: Mutex<HashMap<Call, oneshot::Receiver<()>>>,
    arrived: Notify,
    /// What the platform says besides was paid, by our numbers.
    besides: Mutex<Vec<(String, Payment)>>,
}

impl Wire {
    /// The platform at its other end.
    pub fn platform(self: &Arc<Self>, store: &Store) -> PaymentPlatform {
        let platform = Simulator::platform(store);
        self.real.get_or_init(|| Simulator::new(store));
        PaymentPlatform {
            port: self.clone(),
            ..platform
        }
    }

    /// From now on a call goes wrong.
    pub fn cut(&self, call: Call, trouble: Trouble) {
        self.troubles.lock().unwrap().insert(call, trouble);
    }

    /// Nothing goes wrong any more.
    pub fn mend(&self) {
        self.troubles.lock().unwrap().clear();
    }

    /// The next such call waits until the sender is used.
    pub fn hold(&self, call: Call) -> oneshot::Sender<()> {
        let (go, waits) = oneshot::channel();
        self.held.lock().unwrap().insert(call, waits);
        go
    }

    /// Waits for the call that is held up.
    pub async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// The platform says that this was paid, without a message.
    pub fn came(&self, number: &str, payment: Payment) {
        let mut besides = self.besides.lock().unwrap();
        besides.push((number.to_owned(), payment));
    }

    fn real(&self) -> &Simulator {
        self.real.get().unwrap()
    }

    async fn across<T>(
        &self,
        call: Call,
        doing: impl Future<Output = PortResult<T>> + Send,
    ) -> PortResult<T> {
        let held = self.held.lock().unwrap().remove(&call);
        if let Some(held) = held {
            self.arrived.notify_one();
            held.await.unwrap();
        }
        let trouble = self.troubles.lock().unwrap().get(&call).copied();
        match trouble {
            None => doing.await,
            Some(Trouble::AnswerLost) => {
                doing.await?;
                Err(silent())
            }
            Some(Trouble::Unreachable | Trouble::Refused) => Err(silent()),
        }
    }
}

fn silent() -> Fault {
    Fault::new(ErrorKind::Unavailable, "test.platform_silent")
}

#[async_trait]
impl Payments for Wire {
    async fn open(&self, asked: &BillAsked) -> PortResult<Bill> {
        self.across(Call::Open, self.real().open(asked)).await
    }

    async fn close(&self, number: &str) -> PortResult<()> {
        self.across(Call::Close, self.real().close(number)).await
    }

    async fn payments(&self, number: &str) -> PortResult<Vec<Payment>> {
        let mut paid = self
            .across(Call::Payments, self.real().payments(number))
            .await?;
        let besides = self.besides.lock().unwrap();
        let of_it = besides.iter().filter(|(of, _)| of == number);
        paid.extend(of_it.map(|(_, payment)| payment.clone()));
        Ok(paid)
    }

    async fn refund(&self, asked: &RefundAsked) -> PortResult<Refunded> {
        let refuses = self.troubles.lock().unwrap().get(&Call::Refund) == Some(&Trouble::Refused);
        if refuses {
            return Ok(Refunded::Refused("收款账户已经销户".to_owned()));
        }
        self.across(Call::Refund, self.real().refund(asked)).await
    }

    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<PaymentNotice, Distrust> {
        self.real().read(message, now)
    }
}
