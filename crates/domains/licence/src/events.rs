//! What the register listens to: approval's orders.

use tb_contract::events::{LicenceOrderRevoked, LicenceOrderVoided, LicenceOrdered};
use tb_events::{HandleError, Handler, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::service;

/// The consumer of the group `licence`.
pub(crate) struct Consumer(pub App);

#[async_trait::async_trait]
impl Handler for Consumer {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            "approval.licence.ordered" => {
                let order: LicenceOrdered = payload(event)?;
                service::issue::issue(&self.0, tx, &order, event.id).await
            }
            "approval.licence.order_voided" => {
                let said: LicenceOrderVoided = payload(event)?;
                Ok(service::void::void(tx, &said.case_number, event.id).await?)
            }
            "approval.licence.order_revoked" => {
                let said: LicenceOrderRevoked = payload(event)?;
                Ok(service::void::revoke(tx, said, event.id).await?)
            }
            // Kinds that are added later pass by.
            _ => Ok(()),
        }
    }
}
