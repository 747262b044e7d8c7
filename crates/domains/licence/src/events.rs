//! What the register listens to: approval's orders, and the calendar of the catalogue.

use std::sync::Arc;

use tb_contract::events::{
    CalendarPublished, LicenceOrderRevoked, LicenceOrderVoided, LicenceOrdered,
};
use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::service;
use crate::store::calendar::Calendars;

const ORDERED: &str = "approval.licence.ordered";
const VOIDED: &str = "approval.licence.order_voided";
const REVOKED: &str = "approval.licence.order_revoked";
const CALENDAR: &str = "catalogue.calendar.published";

/// The register's subscription.
pub(crate) fn subscription(app: App) -> Subscription {
    let all = Subscription::new("licence", Arc::new(Consumer(app)))
        .topic(topics::LICENCE_ORDER)
        .topic(topics::CATALOGUE);
    [ORDERED, VOIDED, REVOKED, CALENDAR]
        .into_iter()
        .fold(all, Subscription::kind)
}

struct Consumer(App);

#[async_trait::async_trait]
impl Handler for Consumer {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            ORDERED => {
                let order: LicenceOrdered = payload(event)?;
                service::issue::issue(&self.0, tx, &order, event.id).await
            }
            VOIDED => {
                let said: LicenceOrderVoided = payload(event)?;
                Ok(service::void::void(tx, &said.case_number, event.id).await?)
            }
            REVOKED => {
                let said: LicenceOrderRevoked = payload(event)?;
                Ok(service::void::revoke(tx, said, event.id).await?)
            }
            CALENDAR => {
                let said: CalendarPublished = payload(event)?;
                Ok(Calendars::keep(tx.conn(), &said.calendar, event.time).await?)
            }
            // Kinds that are added later pass by.
            _ => Ok(()),
        }
    }
}
