//! What insight listens to: the catalogue (read copies), what the centre hands on of cases in the
//! order of their versions, and ratings.

use std::sync::Arc;

use tb_contract::events::{CalendarPublished, DepartmentPublished, FedBack};
use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::service::{item, take};
use crate::store::copy::{Calendars, Departments};

const FED_BACK: &str = "governance.application.fed_back";
const RATED: &str = "intake.rating.given";
const CALENDAR: &str = "catalogue.calendar.published";
const DEPARTMENT: &str = "catalogue.department.published";
const ITEM: &str = "catalogue.item.published";
const ITEM_WITHDRAWN: &str = "catalogue.item.withdrawn";

/// Insight's subscription.
pub(crate) fn subscription(app: App) -> Subscription {
    let all = Subscription::new("insight", Arc::new(Listener(app)))
        .topic(topics::CATALOGUE)
        .topic(topics::INTAKE_FEEDBACK)
        .topic(topics::RATING);
    [FED_BACK, RATED, CALENDAR, DEPARTMENT, ITEM, ITEM_WITHDRAWN]
        .into_iter()
        .fold(all, Subscription::kind)
}

struct Listener(App);

#[async_trait::async_trait]
impl Handler for Listener {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            FED_BACK => {
                let said: FedBack = payload(event)?;
                Ok(take::changed(&self.0, tx, said).await?)
            }
            RATED => take::rated(tx, payload(event)?).await,
            ITEM => Ok(item::published(tx, payload(event)?).await?),
            ITEM_WITHDRAWN => Ok(item::withdrawn(tx, payload(event)?).await?),
            CALENDAR => {
                let said: CalendarPublished = payload(event)?;
                Ok(Calendars::keep(tx.conn(), &said.calendar, event.time).await?)
            }
            DEPARTMENT => {
                let said: DepartmentPublished = payload(event)?;
                Ok(Departments::keep(tx.conn(), &said).await?)
            }
            _ => Ok(()),
        }
    }
}
