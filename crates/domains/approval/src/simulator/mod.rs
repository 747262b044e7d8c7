//! The simulated payment platform (模拟缴费平台): it takes the place of a province's platform for non-tax
//! revenue where none is connected. **No real money moves.** It does what the real one does to us: it
//! believes signed messages alone, each once and fresh, keeps its own book (`approval_simulated_bill`),
//! takes a payment once and in time, and tells of it by a signed message that may be lost. Its cashier's
//! page says what it is. Everything of it lies in this folder and in `api/simulator.rs`.

mod book;
mod port;

use std::sync::Arc;

use tb_storage::Store;

pub(crate) use book::Cashier;

use crate::app::PaymentPlatform;

/// What it is called, wherever it shows.
const NAME: &str = "模拟缴费平台";

/// The simulated platform.
#[derive(Clone)]
pub struct Simulator {
    store: Store,
    key: [u8; 32],
}

impl Simulator {
    /// The platform with its book in this database.
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            key: store.sealer().derived_key("simulated payment platform"),
        }
    }

    /// As approval calls it.
    pub fn platform(store: &Store) -> PaymentPlatform {
        let simulator = Self::new(store);
        PaymentPlatform {
            name: NAME.to_owned(),
            port: Arc::new(simulator.clone()),
            simulator: Some(simulator),
        }
    }
}
