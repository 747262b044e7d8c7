//! What the domain listens to: what the centre hands on of cases, in the order of their versions.

use tb_contract::events::FedBack;
use tb_events::{HandleError, Handler};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::service;

pub(crate) struct Consumer;

#[async_trait::async_trait]
impl Handler for Consumer {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        let said: FedBack = tb_events::payload(event)?;
        service::record(tx, event, &said).await
    }
}
