//! The simulated operator (模拟短信运营商): it takes the place of an operator where none is connected.
//! **No message leaves this machine.** It does what a real one does to us: it believes signed messages
//! alone, knows approved signatures and templates, counts segments, refuses what is no mobile number, what
//! is too much for a day and who has opted out (退订), keeps its own book (`interaction_simulated_sms`), and
//! tells of what arrived and what was replied by signed messages. Everything of it lies in this folder.

mod book;
mod text;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tb_contract::payments::{Distrust, SignedMessage};
use tb_contract::ports::PortResult;
use tb_contract::sms::{Sms, SmsAnswered, SmsAsked, SmsNotice};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Store;
use tb_storage::signed::{check, sign};

pub(crate) use book::OnPhone;

use crate::app::Operator;

/// What it is called, wherever it shows.
const NAME: &str = "模拟短信运营商（不会真的发送）";

/// The simulated operator.
#[derive(Clone)]
pub struct Simulator {
    store: Store,
    key: [u8; 32],
}

impl Simulator {
    /// The operator with its book in this database.
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            key: store.sealer().derived_key("simulated sms operator"),
        }
    }

    /// As interaction calls it.
    pub fn operator(store: &Store, signature: &str, reply_days: u32) -> Operator {
        let simulator = Self::new(store);
        Operator {
            name: NAME.to_owned(),
            signature: signature.to_owned(),
            reply_days,
            port: Arc::new(simulator.clone()),
            simulator: Some(simulator),
        }
    }

    /// A message as whoever holds the key signs it.
    pub fn sign(&self, body: String) -> SignedMessage {
        let nonce = self.store.new_id().simple().to_string();
        sign(&self.key, nonce, self.store.clock().now(), body)
    }

    /// Its side: believes, and does.
    ///
    /// # Errors
    /// Where the message is not to be believed.
    pub async fn hear(&self, message: &SignedMessage) -> PortResult<SmsAnswered> {
        let distrusted = || Fault::new(ErrorKind::Forbidden, "interaction.sms_forged");
        check(&self.key, message, self.store.clock().now()).map_err(|_| distrusted())?;
        let asked: SmsAsked = serde_json::from_str(&message.body).map_err(|_| distrusted())?;
        self.take(&asked).await
    }

    fn notice(&self, notice: &SmsNotice) -> PortResult<SignedMessage> {
        let body = serde_json::to_string(notice).map_err(Fault::internal)?;
        Ok(self.sign(body))
    }
}

#[async_trait]
impl Sms for Simulator {
    async fn send(&self, asked: &SmsAsked) -> PortResult<SmsAnswered> {
        let body = serde_json::to_string(asked).map_err(Fault::internal)?;
        self.hear(&self.sign(body)).await
    }

    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<SmsNotice, Distrust> {
        check(&self.key, message, now)?;
        serde_json::from_str(&message.body).map_err(|_| Distrust::Unreadable)
    }
}
